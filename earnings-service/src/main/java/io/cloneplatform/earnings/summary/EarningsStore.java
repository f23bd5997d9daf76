package io.cloneplatform.earnings.summary;

import io.cloneplatform.common.json.Money;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;

/** Reads a member's earnings from the rows that the ledger keeps for them. */
public final class EarningsStore {
    // An imported history stands in roles that begin with opening_.
    private static final String FIND =
            """
            SELECT a.balance, a.earned, m.parent_id, (m.created_at AT TIME ZONE 'UTC')::date AS joined,
                   (SELECT count(*) FROM member c WHERE c.parent_id = m.id)::integer AS children, l.*
            FROM member m JOIN ledger_account a ON a.id = m.id
            CROSS JOIN LATERAL (
              SELECT coalesce(sum(amount) FILTER (WHERE role IN ('level_1', 'opening_level_1')), 0)::bigint AS level_1,
                     coalesce(sum(amount) FILTER (WHERE role IN ('level_2', 'opening_level_2')), 0)::bigint AS level_2,
                     coalesce(sum(amount) FILTER (WHERE role IN ('level_3', 'opening_level_3')), 0)::bigint AS level_3
              FROM ledger_month WHERE account_id = m.id) l
            WHERE m.id = $1 AND m.deleted_at IS NULL
            """;

    private final SqlClient client;

    public EarningsStore(SqlClient client) {
        this.client = client;
    }

    /** The earnings of a member; empty when there is no such member. */
    public Future<Optional<Earnings>> find(UUID member) {
        return client.preparedQuery(FIND).execute(Tuple.of(member)).map(rows -> first(rows.iterator()));
    }

    private static Optional<Earnings> first(Iterator<Row> rows) {
        return rows.hasNext() ? Optional.of(earnings(rows.next())) : Optional.empty();
    }

    private static Earnings earnings(Row row) {
        UUID parent = row.getUUID("parent_id");
        return new Earnings(
                money(row, "balance"),
                money(row, "earned"),
                new Earnings.ByLevel(money(row, "level_1"), money(row, "level_2"), money(row, "level_3")),
                row.getInteger("children"),
                parent == null ? null : parent.toString(),
                row.getLocalDate("joined"));
    }

    private static Money money(Row row, String column) {
        return new Money(row.getLong(column));
    }
}
