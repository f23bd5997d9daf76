package io.cloneplatform.withdrawal.history;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.withdrawal.ListedWithdrawal;
import io.cloneplatform.withdrawal.Withdrawal;
import io.cloneplatform.withdrawal.WithdrawalStatus;
import io.vertx.core.Future;
import java.util.List;

/** What a member withdrew so far. */
public final class WithdrawalHistory {
    private final HistoryStore store;

    public WithdrawalHistory(HistoryStore store) {
        this.store = store;
    }

    private record Answer(
            List<Withdrawal> withdrawals,
            long total,
            Money totalRequested,
            Money totalApproved,
            Money totalPending,
            String nextCursor) {}

    /** One page of the caller's withdrawals, newest first, with the sums over all of them. */
    public Future<Reply> history(Request request) {
        String member = request.caller().id();
        String status = status(request);
        Page page = Page.of(request);
        return store.list(member, status, page)
                .compose(rows -> store.sum(member, status).map(sums -> answer(page, rows, sums)));
    }

    private static String status(Request request) {
        String status = request.param("status");
        if (status != null && WithdrawalStatus.named(status).isEmpty()) {
            throw new Request.BadParam("status");
        }
        return status;
    }

    private static Reply answer(Page page, List<ListedWithdrawal> rows, HistoryStore.Sums sums) {
        return Reply.ok(new Answer(
                page.trim(rows).stream().map(ListedWithdrawal::withdrawal).toList(),
                sums.matching(),
                sums.requested(),
                sums.approved(),
                sums.pending(),
                page.nextCursor(rows, row -> row.position().text())));
    }
}
