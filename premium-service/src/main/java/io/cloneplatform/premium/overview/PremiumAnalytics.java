package io.cloneplatform.premium.overview;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Page;
import io.vertx.core.Future;
import java.util.List;

/** The premium programme in numbers. */
public final class PremiumAnalytics {
    // The sums cover everything; the rows beside them do not have to.
    private static final Page NEWEST = new Page(500, 0, null);

    private final OverviewStore store;

    public PremiumAnalytics(OverviewStore store) {
        this.store = store;
    }

    private record Analytics(
            long totalAssignments,
            Money totalPremiumValue,
            Money averageValue,
            long frozenAccounts,
            long unfrozenAccounts,
            List<Listing> assignments,
            List<OverviewStore.Month> monthly) {}

    private record Answer(Analytics analytics) {}

    /** Sums over the open assignments, the newest of them, and the last twelve months. */
    public Future<Reply> analytics(Request request) {
        return store.sumOpen().compose(sums -> store.listOpen(NEWEST)
                .compose(rows -> store.countByMonth().map(months -> answer(sums, rows, months))));
    }

    private static Reply answer(
            OverviewStore.Sums sums, List<ListedAssignment> rows, List<OverviewStore.Month> months) {
        return Reply.ok(new Answer(new Analytics(
                sums.assignments(),
                sums.total(),
                sums.average(),
                sums.frozen(),
                sums.assignments() - sums.frozen(),
                NEWEST.trim(rows).stream().map(Listing::analysed).toList(),
                months)));
    }
}
