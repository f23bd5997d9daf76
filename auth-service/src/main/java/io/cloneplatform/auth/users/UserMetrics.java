package io.cloneplatform.auth.users;

import io.cloneplatform.common.json.Money;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;

/**
 * Numbers of the whole platform beside the list of members.
 *
 * @param totalRevenue value of all credited submissions
 * @param totalTransactions ledger transfers
 * @param activeUsers members with a submission credited today or in the 30 days before (UTC)
 */
record UserMetrics(
        long totalUsers,
        Money totalRevenue,
        long totalTransactions,
        long activeUsers,
        long frozenAccounts,
        Money totalCommissionsPaid) {

    // The shares of a submission add up to its value. The chain of hashes numbers the transfers without gaps; those of
    // the last moment are not in it yet: each is looked up, so that the planner does not join whole tables.
    private static final String FIND =
            """
            SELECT
              (SELECT coalesce(sum(members), 0)::bigint FROM platform_members) AS users,
              (SELECT coalesce(sum(amount), 0)::bigint FROM platform_revenue) AS revenue,
              (SELECT coalesce(max(position), 0) FROM ledger_seal)
                + (SELECT count(*) FILTER (WHERE s.sealed IS NULL) FROM ledger_transfer t
                   LEFT JOIN LATERAL (SELECT true AS sealed FROM ledger_seal WHERE transfer_id = t.id LIMIT 1) s ON true
                   WHERE t.seq > (SELECT seq FROM ledger_seal_progress)) AS transactions,
              (SELECT coalesce(sum(members), 0)::bigint FROM platform_activity
               WHERE day >= (now() AT TIME ZONE 'UTC')::date - 30) AS active,
              (SELECT coalesce(sum(number), 0)::bigint FROM platform_count WHERE name LIKE 'member % frozen') AS frozen,
              (SELECT coalesce(sum(amount), 0)::bigint FROM platform_revenue
               WHERE role IN ('level_1', 'level_2', 'level_3')) AS commissions
            """;

    static Future<UserMetrics> find(SqlClient client) {
        return client.query(FIND).mapping(UserMetrics::of).execute().map(rows -> rows.iterator()
                .next());
    }

    private static UserMetrics of(Row row) {
        return new UserMetrics(
                row.getLong("users"),
                new Money(row.getLong("revenue")),
                row.getLong("transactions"),
                row.getLong("active"),
                row.getLong("frozen"),
                new Money(row.getLong("commissions")));
    }
}
