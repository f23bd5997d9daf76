package io.cloneplatform.withdrawal.history;

import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.withdrawal.ListedWithdrawal;
import io.cloneplatform.withdrawal.Position;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Reads the withdrawals of one member, all of which are neighbours in the primary key. */
public final class HistoryStore {
    private static final String LIST =
            """
            SELECT (extract(epoch FROM created_at) * 1000000)::bigint AS micros, key, value::text AS document
            FROM kv_store_44a642d3
            WHERE key >= $1 AND key < $2 AND ($3::text IS NULL OR status = $3)
              AND (created_at, key) < (timestamptz 'epoch' + $4::bigint * interval '1 microsecond', $5)
            ORDER BY created_at DESC, key DESC
            LIMIT $6 OFFSET $7
            """;

    private static final String SUM =
            """
            SELECT count(*) FILTER (WHERE $3::text IS NULL OR status = $3) AS matching,
                   to_minor(coalesce(sum(amount), 0)) AS requested,
                   to_minor(coalesce(sum(amount) FILTER (WHERE status = 'approved'), 0)) AS approved,
                   to_minor(coalesce(sum(amount) FILTER (WHERE status = 'pending'), 0)) AS pending
            FROM kv_store_44a642d3
            WHERE key >= $1 AND key < $2
            """;

    private final Pool pool;

    public HistoryStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * What a member withdrew in all.
     *
     * @param matching how many have the wanted status
     * @param requested the sum of all, whatever became of them
     */
    record Sums(long matching, Money requested, Money approved, Money pending) {}

    /** One page, newest first; the status may be null. */
    Future<List<ListedWithdrawal>> list(String member, String status, Page page) {
        String prefix = Keys.withdrawal(member, "");
        Position from = Position.descending(page);
        Tuple parameters = Tuple.of(prefix, Keys.end(prefix), status, from.micros(), from.key());
        return pool.preparedQuery(LIST)
                .execute(parameters.addInteger(page.fetch()).addInteger(page.offset()))
                .map(ListedWithdrawal::of);
    }

    /** The sums over all of them. */
    Future<Sums> sum(String member, String status) {
        String prefix = Keys.withdrawal(member, "");
        return pool.preparedQuery(SUM)
                .execute(Tuple.of(prefix, Keys.end(prefix), status))
                .map(rows -> sums(rows.iterator().next()));
    }

    private static Sums sums(Row row) {
        return new Sums(
                row.getLong("matching"),
                new Money(row.getLong("requested")),
                new Money(row.getLong("approved")),
                new Money(row.getLong("pending")));
    }
}
