package io.cloneplatform.earnings.referrals;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.earnings.listing.KeyRange;
import io.cloneplatform.earnings.member.Callers;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** A member reads whom they invited, newest first, and what each of them brought. */
public final class ListReferrals {
    // Name and address are the child's of today; the link keeps those of the day it was made.
    private static final String PAGE =
            """
            SELECT r.key, r.value::text AS value, m.name, m.email
            FROM (SELECT key, value FROM kv_store_44a642d3 WHERE key >= $1 AND key < $2
                  ORDER BY key DESC LIMIT $3 OFFSET $4) r
            LEFT JOIN member m ON m.id = CASE WHEN r.value ->> 'childId' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
                                              THEN (r.value ->> 'childId')::uuid END
            ORDER BY r.key DESC
            """;

    // What the links say one by one, the months and the count of the network say in a few rows.
    private static final String TOTALS =
            """
            SELECT coalesce(n.level_1, 0) AS total,
                   coalesce(n.opening_shared, 0)
                     + (SELECT coalesce(sum(amount), 0) FROM ledger_month WHERE account_id = $1 AND role = 'level_1')::bigint AS shared
            FROM (VALUES (1)) AS one LEFT JOIN network_count n ON n.upline = $1
            """;

    private final Pool pool;

    public ListReferrals(Pool pool) {
        this.pool = pool;
    }

    private record Referral(
            String childId,
            String childName,
            String childEmail,
            Money totalSharedProfit,
            String lastProductAt,
            String createdAt) {}

    private record Answer(
            List<Referral> referrals, long totalChildren, Money totalSharedProfit, long total, String nextCursor) {}

    /** Lists those of the calling member. */
    public Future<Reply> list(Request request) {
        Page page = Page.of(request);
        UUID member = Callers.member(request);
        String prefix = Keys.referral(member, "");
        Future<Row> totals = pool.preparedQuery(TOTALS)
                .execute(Tuple.of(member))
                .map(rows -> rows.iterator().next());
        Future<List<Row>> rows = pool.preparedQuery(PAGE)
                .execute(KeyRange.of(prefix, page).parameters(page))
                .map(found -> found.stream().toList());
        return Future.all(totals, rows).map(done -> Reply.ok(answer(page, rows.result(), totals.result())));
    }

    private static Answer answer(Page page, List<Row> rows, Row totals) {
        List<Referral> referrals =
                page.trim(rows).stream().map(ListReferrals::referral).toList();
        long total = totals.getLong("total");
        Money shared = new Money(totals.getLong("shared"));
        return new Answer(referrals, total, shared, total, page.nextCursor(rows, row -> row.getString("key")));
    }

    private static Referral referral(Row row) {
        var link = Json.read(row.getString("value"));
        String name = row.getString("name");
        String email = row.getString("email");
        return new Referral(
                link.path("childId").asText(),
                name == null ? link.path("childName").asText() : name,
                MaskedEmail.of(email == null ? link.path("childEmail").asText() : email),
                Money.ofMajor(link.path("totalSharedProfit").decimalValue()),
                link.path("lastProductAt").asText(null),
                link.path("createdAt").asText());
    }
}
