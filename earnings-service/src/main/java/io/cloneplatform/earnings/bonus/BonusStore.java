package io.cloneplatform.earnings.bonus;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.earnings.listing.KeyRange;
import io.cloneplatform.earnings.listing.TimeCursor;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads what bonuses are decided on, and keeps who claimed which. */
public final class BonusStore {
    private static final String FACTS =
            """
            SELECT a.earned, coalesce(t.rank, 0) AS tier_rank,
                   (SELECT array_agg(threshold ORDER BY rank) FROM vip_tier) AS thresholds,
                   coalesce(n.level_1, 0) AS direct, coalesce(n.level_2 + n.level_3, 0) AS indirect,
                   coalesce((u.value ->> 'productsSubmitted')::bigint, 0) AS products,
                   (SELECT coalesce(sum(amount), 0)::bigint FROM ledger_month
                    WHERE account_id = a.id AND month = date_trunc('month', now() AT TIME ZONE 'UTC')::date
                      AND role IN ('own', 'level_1', 'level_2', 'level_3', 'bonus', 'boost')) AS month_earned
            FROM ledger_account a
            JOIN kv_store_44a642d3 u ON u.key = $2
            LEFT JOIN vip_tier t ON t.name = u.value ->> 'vipTier'
            LEFT JOIN network_count n ON n.upline = $1
            WHERE a.id = $1
            """;

    private static final String CLAIMED = "SELECT key FROM kv_store_44a642d3 WHERE key >= $1 AND key < $2";

    private static final String HISTORY =
            """
            SELECT key, created_at, value::text AS value FROM kv_store_44a642d3
            WHERE key >= $1 AND key < $2 AND (created_at, key) < (coalesce($3::timestamptz, 'infinity'), $4::text)
            ORDER BY created_at DESC, key DESC LIMIT $5 OFFSET $6
            """;

    private static final String TOTALS =
            """
            SELECT count(*) AS total, coalesce(sum(to_minor(amount)), 0)::bigint AS claimed,
                   coalesce(round(avg(to_minor(amount))), 0)::bigint AS average, max(value ->> 'claimedAt') AS last
            FROM kv_store_44a642d3 WHERE key >= $1 AND key < $2
            """;

    private static final String INSERT =
            """
            INSERT INTO kv_store_44a642d3 (key, value) VALUES ($1, $2::text::jsonb) ON CONFLICT (key) DO NOTHING
            """;

    /**
     * The bonuses that a member claimed.
     *
     * @param claimed their sum
     * @param lastClaimedAt null when there are none
     */
    record Totals(long count, Money claimed, Money average, String lastClaimedAt) {}

    /** What a member's bonuses are decided on; empty when there is no such member. */
    Future<Optional<BonusFacts>> facts(SqlClient client, UUID member) {
        return client.preparedQuery(FACTS)
                .execute(Tuple.of(member, Keys.user(member)))
                .map(rows -> facts(rows.iterator()));
    }

    private static Optional<BonusFacts> facts(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return Optional.empty();
        }
        Row row = rows.next();
        return Optional.of(new BonusFacts(
                row.getInteger("tier_rank"),
                List.of(row.getArrayOfLongs("thresholds")),
                row.getLong("direct"),
                row.getLong("indirect"),
                row.getLong("products"),
                row.getLong("month_earned"),
                new Money(row.getLong("earned"))));
    }

    /** The ids of the bonuses that a member claimed. */
    Future<List<String>> claimed(SqlClient client, UUID member) {
        KeyRange all = KeyRange.whole(Keys.bonus(member, ""));
        return client.preparedQuery(CLAIMED)
                .execute(Tuple.of(all.from(), all.to()))
                .map(rows -> rows.stream()
                        .map(row -> row.getString("key").substring(all.from().length()))
                        .toList());
    }

    Future<RowSet<Row>> history(SqlClient client, UUID member, Page page, TimeCursor before) {
        KeyRange all = KeyRange.whole(Keys.bonus(member, ""));
        return client.preparedQuery(HISTORY)
                .execute(Tuple.of(
                        all.from(),
                        all.to(),
                        before == null ? null : before.at(),
                        before == null ? "" : before.key(),
                        page.fetch(),
                        page.offset()));
    }

    Future<Totals> totals(SqlClient client, UUID member) {
        KeyRange all = KeyRange.whole(Keys.bonus(member, ""));
        return client.preparedQuery(TOTALS)
                .execute(Tuple.of(all.from(), all.to()))
                .map(rows -> rows.iterator().next())
                .map(row -> new Totals(
                        row.getLong("total"),
                        new Money(row.getLong("claimed")),
                        new Money(row.getLong("average")),
                        row.getString("last")));
    }

    /** Records a claim; false, and nothing written, when it was claimed before. */
    Future<Boolean> insert(SqlConnection tx, UUID member, String bonusId, JsonNode document) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.of(Keys.bonus(member, bonusId), Json.text(document)))
                .map(rows -> rows.rowCount() == 1);
    }
}
