package io.cloneplatform.withdrawal.review;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.withdrawal.ListedWithdrawal;
import io.cloneplatform.withdrawal.Withdrawal;
import io.cloneplatform.withdrawal.WithdrawalStatus;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;

/** The withdrawals that wait for an admin, or that waited. */
public final class ReviewQueue {
    private static final String ALL = "all";

    private final QueueStore store;

    public ReviewQueue(QueueStore store) {
        this.store = store;
    }

    private record Answer(
            List<Withdrawal> withdrawals, long total, long totalPending, Money totalAmount, String nextCursor) {}

    /** One page in a state, pending unless told otherwise, oldest first. */
    public Future<Reply> list(Request request) {
        String[] statuses = statuses(request.param("status", WithdrawalStatus.PENDING.text()));
        int olderThanHours = request.param("olderThanHours", 0);
        Page page = Page.of(request);
        return store.list(statuses, olderThanHours, page)
                .compose(rows -> store.sum(statuses, olderThanHours).map(sums -> answer(page, rows, sums)));
    }

    private static String[] statuses(String wanted) {
        if (wanted.equals(ALL)) {
            return Arrays.stream(WithdrawalStatus.values())
                    .map(WithdrawalStatus::text)
                    .toArray(String[]::new);
        }
        return WithdrawalStatus.named(wanted)
                .map(status -> new String[] {status.text()})
                .orElseThrow(() -> new Request.BadParam("status"));
    }

    private static Reply answer(Page page, List<ListedWithdrawal> rows, QueueStore.Sums sums) {
        return Reply.ok(new Answer(
                page.trim(rows).stream().map(ListedWithdrawal::withdrawal).toList(),
                sums.matching(),
                sums.pending(),
                sums.amount(),
                page.nextCursor(rows, row -> row.position().text())));
    }
}
