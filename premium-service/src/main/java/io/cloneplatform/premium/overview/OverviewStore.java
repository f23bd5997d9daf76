package io.cloneplatform.premium.overview;

import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.premium.Position;
import io.cloneplatform.premium.assignment.Assignment;
import io.cloneplatform.premium.member.MemberState;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Reads the assignments of all members. */
public final class OverviewStore {
    // Each state is read in order from its index, as far as the page reaches; only that much is merged.
    private static final String LIST_OPEN =
            """
            SELECT p.micros, p.key, p.assignment, u.value::text AS member
            FROM (VALUES ('offered'), ('active')) AS wanted (status)
            CROSS JOIN LATERAL (
              SELECT (extract(epoch FROM created_at) * 1000000)::bigint AS micros, created_at, key, user_id,
                     value::text AS assignment
              FROM kv_store_44a642d3
              WHERE key LIKE 'premium:%' AND status = wanted.status
                AND (created_at, key) < (timestamptz 'epoch' + $1::bigint * interval '1 microsecond', $2)
              ORDER BY created_at DESC, key DESC
              LIMIT $3::integer + $4::integer) p
            JOIN kv_store_44a642d3 u ON u.key = 'user:' || p.user_id
            ORDER BY p.created_at DESC, p.key DESC
            LIMIT $3::integer OFFSET $4::integer
            """;

    private static final String SUM_OPEN =
            """
            SELECT coalesce(sum(number) FILTER (WHERE name <> 'premium frozen'), 0)::bigint AS assignments,
                   coalesce(sum(amount), 0)::bigint AS total,
                   coalesce(round(sum(amount) / nullif(sum(number) FILTER (WHERE name <> 'premium frozen'), 0)), 0)::bigint AS average,
                   coalesce(sum(number) FILTER (WHERE name = 'premium frozen'), 0)::bigint AS frozen
            FROM platform_count WHERE name IN ('premium offered', 'premium active', 'premium frozen')
            """;
    // The platform counts what happened to assignments under names like "premium declined 2026-03".
    private static final String COUNT_BY_MONTH =
            """
            WITH last_year AS (
              SELECT to_char(start, 'YYYY-MM') AS month
              FROM generate_series(date_trunc('month', now() AT TIME ZONE 'UTC') - interval '11 months',
                                   date_trunc('month', now() AT TIME ZONE 'UTC'), interval '1 month') AS start
            ), event AS (
              SELECT split_part(name, ' ', 2) AS what, split_part(name, ' ', 3) AS month, number
              FROM platform_count WHERE name LIKE 'premium % %'
            )
            SELECT month,
                   coalesce(sum(number) FILTER (WHERE what = 'assigned'), 0)::bigint AS assigned,
                   coalesce(sum(number) FILTER (WHERE what = 'completed'), 0)::bigint AS completed,
                   coalesce(sum(number) FILTER (WHERE what = 'declined'), 0)::bigint AS declined,
                   coalesce(sum(number) FILTER (WHERE what = 'revoked'), 0)::bigint AS revoked,
                   coalesce(sum(number) FILTER (WHERE what = 'expired'), 0)::bigint AS expired
            FROM last_year LEFT JOIN event USING (month)
            GROUP BY month
            ORDER BY month
            """;

    private final Pool pool;

    public OverviewStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * All open assignments together.
     *
     * @param frozen how many of their members are frozen, for whatever reason
     */
    record Sums(long assignments, Money total, Money average, long frozen) {}

    /** What happened to assignments in one month (UTC). */
    record Month(String month, long assigned, long completed, long declined, long revoked, long expired) {}

    /** One page of the open ones, newest first. */
    Future<List<ListedAssignment>> listOpen(Page page) {
        Position from = Position.descending(page);
        return pool.preparedQuery(LIST_OPEN)
                .execute(Tuple.of(from.micros(), from.key(), page.fetch(), page.offset()))
                .map(rows -> rows.stream().map(OverviewStore::listed).toList());
    }

    private static ListedAssignment listed(Row row) {
        return new ListedAssignment(
                new Position(row.getLong("micros"), row.getString("key")),
                Json.read(row.getString("assignment"), Assignment.class).view(),
                Json.read(row.getString("member"), MemberState.class));
    }

    /** The sums over all open ones. */
    Future<Sums> sumOpen() {
        return pool.query(SUM_OPEN).execute().map(rows -> sums(rows.iterator().next()));
    }

    private static Sums sums(Row row) {
        return new Sums(
                row.getLong("assignments"),
                new Money(row.getLong("total")),
                new Money(row.getLong("average")),
                row.getLong("frozen"));
    }

    /** The last twelve months, oldest first, also those in which nothing happened. */
    Future<List<Month>> countByMonth() {
        return pool.query(COUNT_BY_MONTH)
                .execute()
                .map(rows -> rows.stream().map(OverviewStore::month).toList());
    }

    private static Month month(Row row) {
        return new Month(
                row.getString("month"),
                row.getLong("assigned"),
                row.getLong("completed"),
                row.getLong("declined"),
                row.getLong("revoked"),
                row.getLong("expired"));
    }
}
