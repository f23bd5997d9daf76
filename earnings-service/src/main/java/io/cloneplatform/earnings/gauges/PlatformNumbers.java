package io.cloneplatform.earnings.gauges;

import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The business at one moment, as the database knows it: all of it from one statement.
 *
 * @param row amounts in minor units, ages in seconds
 */
record PlatformNumbers(Row row) {
    // Sums that are kept, and the oldest of a state, which its index finds at once: as cheap for a million
    // members as for one. All accounts add up to zero, so what members have is what the system accounts lack.
    static final String READ =
            """
            SELECT c.*, s.owed, s.funds, p.paid, m.members,
                   coalesce(extract(epoch FROM now() - (
                     SELECT created_at FROM kv_store_44a642d3 WHERE key LIKE 'withdrawal:%' AND status = 'pending'
                     ORDER BY created_at, key LIMIT 1)), 0)::bigint AS withdrawal_age,
                   coalesce(extract(epoch FROM now() - (
                     SELECT created_at FROM kv_store_44a642d3 WHERE key LIKE 'ticket:%' AND status = 'open'
                     ORDER BY created_at, key LIMIT 1)), 0)::bigint AS ticket_age
            FROM (SELECT coalesce(sum(amount) FILTER (WHERE name = 'withdrawal pending'), 0)::bigint AS pending_amount,
                         coalesce(sum(number) FILTER (WHERE name = 'withdrawal pending'), 0)::bigint AS pending,
                         coalesce(sum(number) FILTER (WHERE name = 'withdrawal approved'), 0)::bigint AS approved,
                         coalesce(sum(number) FILTER (WHERE name = 'withdrawal denied'), 0)::bigint AS denied,
                         coalesce(sum(number) FILTER (WHERE name = 'withdrawal cancelled'), 0)::bigint AS cancelled,
                         coalesce(sum(number) FILTER (WHERE name LIKE 'ticket open%'), 0)::bigint AS tickets_open,
                         coalesce(sum(number) FILTER (WHERE name LIKE 'ticket in-progress%'), 0)::bigint AS tickets_in_progress,
                         coalesce(sum(number) FILTER (WHERE name = 'premium offered'), 0)::bigint AS premium_offered,
                         coalesce(sum(number) FILTER (WHERE name = 'premium active'), 0)::bigint AS premium_active,
                         coalesce(sum(number) FILTER (WHERE name LIKE 'member % frozen'), 0)::bigint AS frozen
                  FROM platform_count) c,
                 (SELECT coalesce(sum(members), 0)::bigint AS members FROM platform_members) m,
                 (SELECT coalesce(sum(amount), 0)::bigint AS paid FROM ledger_month
                  WHERE account_id IN (SELECT id FROM ledger_account WHERE kind = 'system' AND name = 'external')
                    AND role = 'external') p,
                 (SELECT -sum(posted)::bigint AS owed, platform_funds() AS funds FROM ledger_account WHERE kind = 'system') s
            """;

    private static final int COVERAGE_DECIMALS = 4;

    long number(String column) {
        return row.getLong(column);
    }

    /** How far the funds cover what members are owed: 1 when they are owed nothing. Rounded down. */
    BigDecimal coverage() {
        long owed = number("owed");
        return owed == 0
                ? BigDecimal.ONE
                : BigDecimal.valueOf(number("funds"))
                        .divide(BigDecimal.valueOf(owed), COVERAGE_DECIMALS, RoundingMode.FLOOR);
    }
}
