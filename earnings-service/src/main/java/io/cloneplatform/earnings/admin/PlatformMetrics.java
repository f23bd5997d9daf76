package io.cloneplatform.earnings.admin;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Money;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The numbers an operator watches, read together from one snapshot. */
public final class PlatformMetrics {
    // The shares of a submission add up to its value, and monthly sums are few rows where submissions are many. All
    // accounts add up to zero, so what members have is what the system accounts lack. Assignments whose time is over
    // count no more, also before they are ended.
    private static final String READ =
            """
            SELECT (SELECT coalesce(sum(members), 0)::bigint FROM platform_members) AS users,
                   (SELECT coalesce(sum(members), 0)::bigint FROM platform_activity
                    WHERE day >= (now() AT TIME ZONE 'UTC')::date - 30) AS active,
                   (SELECT coalesce(sum(amount), 0)::bigint FROM platform_revenue) AS revenue,
                   (SELECT coalesce(sum(amount), 0)::bigint FROM ledger_month
                    WHERE account_id IN (SELECT id FROM ledger_account WHERE kind = 'system' AND name = 'external')
                      AND role = 'external') AS payouts,
                   c.pending, c.waiting, c.tickets, c.assignments - o.overdue AS assignments, c.frozen, s.owed, s.funds
            FROM (SELECT coalesce(sum(amount) FILTER (WHERE name = 'withdrawal pending'), 0)::bigint AS pending,
                         coalesce(sum(number) FILTER (WHERE name = 'withdrawal pending'), 0)::bigint AS waiting,
                         coalesce(sum(number) FILTER (WHERE name LIKE 'ticket open%'), 0)::bigint AS tickets,
                         coalesce(sum(number) FILTER (WHERE name IN ('premium offered', 'premium active')), 0)::bigint AS assignments,
                         coalesce(sum(number) FILTER (WHERE name LIKE 'member % frozen'), 0)::bigint AS frozen
                  FROM platform_count) c,
                 (SELECT count(*) AS overdue FROM platform_list WHERE list = 'premium' AND at <= iso_instant(now())) o,
                 (SELECT -sum(posted)::bigint AS owed, platform_funds() AS funds FROM ledger_account WHERE kind = 'system') s
            """;

    private static final int COVERAGE_DECIMALS = 4;

    private final Pool pool;

    public PlatformMetrics(Pool pool) {
        this.pool = pool;
    }

    private record Metrics(
            long totalUsers,
            long activeUsers,
            Money totalRevenue,
            Money totalPayouts,
            Money pendingWithdrawals,
            long pendingWithdrawalCount,
            long openTickets,
            long premiumAssignments,
            long frozenAccounts,
            Money memberLiabilities,
            Money platformFunds,
            BigDecimal coverage) {
        static Metrics of(Row row) {
            Money owed = new Money(row.getLong("owed"));
            Money funds = new Money(row.getLong("funds"));
            return new Metrics(
                    row.getLong("users"),
                    row.getLong("active"),
                    new Money(row.getLong("revenue")),
                    new Money(row.getLong("payouts")),
                    new Money(row.getLong("pending")),
                    row.getLong("waiting"),
                    row.getLong("tickets"),
                    row.getLong("assignments"),
                    row.getLong("frozen"),
                    owed,
                    funds,
                    ratio(funds, owed));
        }
    }

    private record Answer(Metrics metrics) {}

    /** Reads them. */
    public Future<Reply> read(Request request) {
        return pool.preparedQuery(READ)
                .execute()
                .map(rows -> Reply.ok(new Answer(Metrics.of(rows.iterator().next()))));
    }

    // Rounded down: it never looks better than it is.
    static BigDecimal ratio(Money funds, Money owed) {
        return owed.equals(Money.ZERO)
                ? null
                : BigDecimal.valueOf(funds.minor())
                        .divide(BigDecimal.valueOf(owed.minor()), COVERAGE_DECIMALS, RoundingMode.FLOOR);
    }
}
