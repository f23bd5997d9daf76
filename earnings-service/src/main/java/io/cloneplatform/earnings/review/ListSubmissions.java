package io.cloneplatform.earnings.review;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.earnings.listing.TimeCursor;
import io.cloneplatform.earnings.submit.Product;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;

/** An admin reads submissions by state, oldest first: who waits longest comes first. */
public final class ListSubmissions {
    private static final List<String> ALL =
            List.of(Product.PENDING, Product.CREDITED, Product.REJECTED, Product.REVERSED);

    private final ReviewStore store;

    public ListSubmissions(ReviewStore store) {
        this.store = store;
    }

    private record Answer(List<Submission> submissions, long total, String nextCursor) {}

    /** Lists one page of one state, or of all. */
    public Future<Reply> list(Request request) {
        Page page = Page.of(request);
        String status = request.param("status", Product.PENDING);
        List<String> statuses = status.equals("all") ? ALL : List.of(status);
        Future<Long> total = store.count(statuses);
        Future<List<Row>> rows = store.page(statuses, page, TimeCursor.of(page))
                .map(found -> found.stream().toList());
        return Future.all(total, rows).map(done -> Reply.ok(answer(page, rows.result(), total.result())));
    }

    private static Answer answer(Page page, List<Row> rows, long total) {
        List<Submission> submissions = page.trim(rows).stream()
                .map(row -> Submission.of(Json.read(row.getString("value"))))
                .toList();
        return new Answer(submissions, total, page.nextCursor(rows, ListSubmissions::sortKey));
    }

    private static String sortKey(Row row) {
        return new TimeCursor(row.getOffsetDateTime("created_at"), row.getString("key")).text();
    }
}
