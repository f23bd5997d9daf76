package io.cloneplatform.earnings.products;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.earnings.listing.KeyRange;
import io.cloneplatform.earnings.member.Callers;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** A member reads the own submissions, newest first: their ids are ordered by time. */
public final class ListProducts {
    private static final String PAGE =
            """
            SELECT key, value::text AS value FROM kv_store_44a642d3
            WHERE key >= $1 AND key < $2 ORDER BY key DESC LIMIT $3 OFFSET $4
            """;

    private static final String COUNT = "SELECT count(*) AS total FROM kv_store_44a642d3 WHERE key >= $1 AND key < $2";

    private final Pool pool;

    public ListProducts(Pool pool) {
        this.pool = pool;
    }

    private record Answer(List<ProductView> products, long total, String nextCursor) {}

    /** Lists those of the calling member. */
    public Future<Reply> list(Request request) {
        Page page = Page.of(request);
        String prefix = Keys.product(Callers.member(request), "");
        KeyRange all = KeyRange.whole(prefix);
        Future<Long> total = pool.preparedQuery(COUNT)
                .execute(Tuple.of(all.from(), all.to()))
                .map(rows -> rows.iterator().next().getLong("total"));
        Future<List<Row>> rows = pool.preparedQuery(PAGE)
                .execute(KeyRange.of(prefix, page).parameters(page))
                .map(found -> found.stream().toList());
        return Future.all(total, rows).map(done -> Reply.ok(answer(page, rows.result(), total.result())));
    }

    private static Answer answer(Page page, List<Row> rows, long total) {
        List<ProductView> products = page.trim(rows).stream()
                .map(row -> ProductView.of(Json.read(row.getString("value"))))
                .toList();
        return new Answer(products, total, page.nextCursor(rows, row -> row.getString("key")));
    }
}
