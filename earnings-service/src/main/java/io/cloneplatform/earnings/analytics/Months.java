package io.cloneplatform.earnings.analytics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cloneplatform.common.json.Money;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads what a member earned in each of the last twelve months (UTC), also in those without anything. They are kept for five
 * minutes, and given again only after a look-up that says that nothing was posted to the member since, by any process.
 */
public final class Months {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MEMBERS_KEPT = 10_000;

    // Every posting makes a new version of the account's row; xmin says which transaction made it.
    private static final String STATE =
            """
            SELECT a.xmin::text::bigint AS posting, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM') AS month,
                   (m.created_at AT TIME ZONE 'UTC')::date AS joined
            FROM ledger_account a JOIN member m ON m.id = a.id WHERE a.id = $1
            """;

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

    private final SqlClient lookups;
    private final Pool pool;
    private final Cache<UUID, Kept> kept = Caffeine.newBuilder()
            .expireAfterWrite(KEPT)
            .maximumSize(MEMBERS_KEPT)
            .recordStats()
            .build();

    public Months(SqlClient lookups, Pool pool, MeterRegistry metrics) {
        this.lookups = lookups;
        this.pool = pool;
        CaffeineCacheMetrics.monitor(metrics, kept, "months");
    }

    /** What must be the same for the months to be the same. */
    private record State(long posting, String month) {
        static State of(Row row) {
            return new State(row.getLong("posting"), row.getString("month"));
        }
    }

    private record Kept(State state, List<Month> months) {}

    /**
     * A member's last twelve months.
     *
     * @param joined the day (UTC) on which the member signed up
     * @param twelve oldest first; the last one is the current month
     */
    public record History(LocalDate joined, List<Month> twelve) {}

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

    /** The last twelve months of a member; empty when there is no such member. */
    public Future<Optional<History>> lastTwelve(UUID member) {
        return lookups.preparedQuery(STATE)
                .execute(Tuple.of(member))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(Optional.empty())
                        : history(member, rows.iterator().next()));
    }

    private Future<Optional<History>> history(UUID member, Row row) {
        return lastTwelve(member, State.of(row))
                .map(twelve -> Optional.of(new History(row.getLocalDate("joined"), twelve)));
    }

    private Future<List<Month>> lastTwelve(UUID member, State state) {
        Kept earlier = kept.getIfPresent(member);
        return earlier != null && earlier.state().equals(state)
                ? Future.succeededFuture(earlier.months())
                : read(member).onSuccess(read -> kept.put(member, new Kept(state, read)));
    }

    private Future<List<Month>> read(UUID member) {
        return pool.preparedQuery(LAST_TWELVE)
                .execute(Tuple.of(member))
                .map(rows -> rows.stream().map(Month::of).toList());
    }
}
