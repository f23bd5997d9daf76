package io.cloneplatform.earnings.analytics;

import io.cloneplatform.common.json.Money;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** Reads what a member earned in each of the last twelve months (UTC), also in those without anything. */
public final class Months {
    private static final String LAST_TWELVE =
            """
            SELECT to_char(s.month, 'YYYY-MM') AS month,
                   coalesce(sum(l.amount) FILTER (WHERE l.role IN ('own', 'level_1', 'level_2', 'level_3', 'bonus', 'boost')), 0)::bigint AS earned,
                   coalesce(sum(l.amount) FILTER (WHERE l.role IN ('level_1', 'level_2', 'level_3')), 0)::bigint AS from_children,
                   coalesce(sum(l.entries) FILTER (WHERE l.role = 'own'), 0)::integer AS products
            FROM generate_series(date_trunc('month', now() AT TIME ZONE 'UTC') - interval '11 months',
                                 date_trunc('month', now() AT TIME ZONE 'UTC'), interval '1 month') AS s (month)
            LEFT JOIN ledger_month l ON l.account_id = $1 AND l.month = s.month::date
            GROUP BY s.month ORDER BY s.month
            """;

    private final Pool pool;

    public Months(Pool pool) {
        this.pool = pool;
    }

    /**
     * One month.
     *
     * @param month as in {@code 2026-03}
     * @param products credited submissions
     * @param earned everything that counts as earnings
     * @param fromChildren the commissions in it
     */
    public record Month(String month, int products, Money earned, Money fromChildren) {
        static Month of(Row row) {
            return new Month(
                    row.getString("month"),
                    row.getInteger("products"),
                    new Money(row.getLong("earned")),
                    new Money(row.getLong("from_children")));
        }
    }

    /** The last twelve months, oldest first; the last one is the current month. */
    public Future<List<Month>> lastTwelve(UUID member) {
        return pool.preparedQuery(LAST_TWELVE)
                .execute(Tuple.of(member))
                .map(rows -> rows.stream().map(Month::of).toList());
    }
}
