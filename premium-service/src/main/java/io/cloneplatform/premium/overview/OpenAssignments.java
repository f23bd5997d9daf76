package io.cloneplatform.premium.overview;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.kv.Page;
import io.vertx.core.Future;
import java.util.List;

/** The offered and active assignments of all members. */
public final class OpenAssignments {
    private final OverviewStore store;

    public OpenAssignments(OverviewStore store) {
        this.store = store;
    }

    private record Answer(long total, List<Listing> assignments, String nextCursor) {}

    /** One page, newest first. */
    public Future<Reply> list(Request request) {
        Page page = Page.of(request);
        return store.listOpen(page).compose(rows -> store.sumOpen().map(sums -> answer(page, rows, sums)));
    }

    private static Reply answer(Page page, List<ListedAssignment> rows, OverviewStore.Sums sums) {
        return Reply.ok(new Answer(
                sums.assignments(),
                page.trim(rows).stream().map(Listing::of).toList(),
                page.nextCursor(rows, row -> row.position().text())));
    }
}
