package io.cloneplatform.earnings.summary;

import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;

/** Reads a member's earnings from the rows that the ledger keeps for them. */
public final class EarningsStore {
    // The member's document has what concerns the whole account; the rest adds up months. An imported history stands in
    // roles that begin with opening_.
    private static final String FIND =
            """
            SELECT u.value ->> 'balance' AS balance, u.value ->> 'totalEarned' AS earned,
                   u.value ->> 'parentUserId' AS parent_id, (u.value ->> 'childCount')::integer AS children, l.*
            FROM kv_store_44a642d3 u CROSS JOIN (
              SELECT coalesce(sum(amount) FILTER (WHERE role IN ('level_1', 'opening_level_1')), 0)::bigint AS level_1,
                     coalesce(sum(amount) FILTER (WHERE role IN ('level_2', 'opening_level_2')), 0)::bigint AS level_2,
                     coalesce(sum(amount) FILTER (WHERE role IN ('level_3', 'opening_level_3')), 0)::bigint AS level_3
              FROM ledger_month WHERE account_id = $1) l
            WHERE u.key = $2 AND NOT u.value ? 'deletedAt'
            """;

    private final SqlClient client;

    public EarningsStore(SqlClient client) {
        this.client = client;
    }

    /** The earnings of a member; empty when there is no such member. */
    public Future<Optional<Earnings>> find(UUID member) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(member, Keys.user(member)))
                .map(rows -> first(rows.iterator()));
    }

    private static Optional<Earnings> first(Iterator<Row> rows) {
        return rows.hasNext() ? Optional.of(earnings(rows.next())) : Optional.empty();
    }

    private static Earnings earnings(Row row) {
        return new Earnings(
                major(row, "balance"),
                major(row, "earned"),
                new Earnings.ByLevel(money(row, "level_1"), money(row, "level_2"), money(row, "level_3")),
                row.getInteger("children"),
                row.getString("parent_id"));
    }

    private static Money major(Row row, String column) {
        return Money.ofMajor(new BigDecimal(row.getString(column)));
    }

    private static Money money(Row row, String column) {
        return new Money(row.getLong(column));
    }
}
