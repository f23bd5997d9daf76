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
 * @param activeUsers members who received something in this month or the last
 */
record UserMetrics(
        long totalUsers,
        Money totalRevenue,
        long totalTransactions,
        long activeUsers,
        long frozenAccounts,
        Money totalCommissionsPaid) {

    // The shares of a submission add up to its value, and the monthly sums are few rows where the entries are many.
    private static final String FIND =
            """
            SELECT
              (SELECT count(*) FROM member WHERE deleted_at IS NULL) AS users,
              (SELECT coalesce(sum(amount), 0)::bigint FROM ledger_month
               WHERE role IN ('own', 'level_1', 'level_2', 'level_3', 'platform')) AS revenue,
              (SELECT count(*) FROM ledger_transfer) AS transactions,
              (SELECT count(DISTINCT l.account_id) FROM ledger_month l JOIN member m ON m.id = l.account_id
               WHERE m.deleted_at IS NULL
                 AND l.month >= date_trunc('month', now() AT TIME ZONE 'UTC') - interval '1 month') AS active,
              (SELECT count(*) FROM kv_store_44a642d3
               WHERE key >= 'user:' AND key < 'user;' AND value -> 'accountFrozen' = 'true') AS frozen,
              (SELECT coalesce(sum(commission), 0)::bigint FROM ledger_account) AS commissions
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
