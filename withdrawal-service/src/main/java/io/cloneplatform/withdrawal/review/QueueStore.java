package io.cloneplatform.withdrawal.review;

import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.withdrawal.ListedWithdrawal;
import io.cloneplatform.withdrawal.Position;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Reads the withdrawals of all members by state. */
public final class QueueStore {
    // Each state is read in order from its index, as far as the page reaches; only that much is merged.
    private static final String LIST =
            """
            SELECT w.micros, w.key, w.document
            FROM unnest($1::text[]) AS wanted (status)
            CROSS JOIN LATERAL (
              SELECT (extract(epoch FROM created_at) * 1000000)::bigint AS micros, created_at, key, value::text AS document
              FROM kv_store_44a642d3
              WHERE key LIKE 'withdrawal:%' AND status = wanted.status
                AND created_at <= now() - $2::integer * interval '1 hour'
                AND (created_at, key) > (timestamptz 'epoch' + $3::bigint * interval '1 microsecond', $4)
              ORDER BY created_at, key
              LIMIT $5::integer + $6::integer) w
            ORDER BY w.created_at, w.key
            LIMIT $5::integer OFFSET $6::integer
            """;

    // The platform counts withdrawals under names like "withdrawal pending"; those that are too young are few.
    private static final String SUM =
            """
            SELECT every.number - young.number AS matching, every.amount - young.amount AS amount, every.pending
            FROM (SELECT coalesce(sum(number) FILTER (WHERE split_part(name, ' ', 2) = ANY ($1::text[])), 0)::bigint AS number,
                         coalesce(sum(amount) FILTER (WHERE split_part(name, ' ', 2) = ANY ($1::text[])), 0)::bigint AS amount,
                         coalesce(sum(number) FILTER (WHERE name = 'withdrawal pending'), 0)::bigint AS pending
                  FROM platform_count WHERE name LIKE 'withdrawal %') every,
                 (SELECT count(*) AS number, to_minor(coalesce(sum(amount), 0)) AS amount FROM kv_store_44a642d3
                  WHERE $2::integer > 0 AND key LIKE 'withdrawal:%' AND status = ANY ($1::text[])
                    AND created_at > now() - $2::integer * interval '1 hour') young
            """;

    private final Pool pool;

    public QueueStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * What is in the queue.
     *
     * @param matching how many match
     * @param amount the sum of those
     * @param pending how many are pending, whatever was asked for
     */
    record Sums(long matching, Money amount, long pending) {}

    /** One page, oldest first. */
    Future<List<ListedWithdrawal>> list(String[] statuses, int olderThanHours, Page page) {
        Position from = Position.ascending(page);
        Tuple parameters = Tuple.tuple()
                .addArrayOfString(statuses)
                .addInteger(olderThanHours)
                .addLong(from.micros())
                .addString(from.key())
                .addInteger(page.fetch())
                .addInteger(page.offset());
        return pool.preparedQuery(LIST).execute(parameters).map(ListedWithdrawal::of);
    }

    /** The sums over all that match. */
    Future<Sums> sum(String[] statuses, int olderThanHours) {
        return pool.preparedQuery(SUM)
                .execute(Tuple.tuple().addArrayOfString(statuses).addInteger(olderThanHours))
                .map(rows -> sums(rows.iterator().next()));
    }

    private static Sums sums(Row row) {
        return new Sums(row.getLong("matching"), new Money(row.getLong("amount")), row.getLong("pending"));
    }
}
