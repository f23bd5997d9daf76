package io.cloneplatform.earnings.analytics;

import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Reads who earned most from referrals, and how many earned more than somebody. Equals share the better rank. */
public final class LeaderboardStore {
    // The platform counts members by rank of commission: that tells from which rank the fifty come.
    private static final String TOP =
            """
            WITH edge AS MATERIALIZED (
              SELECT coalesce(max(rank), 0) AS rank
              FROM (SELECT rank, sum(members) OVER (ORDER BY rank DESC) AS so_far FROM platform_rank) r WHERE so_far >= 50
            ), top AS MATERIALIZED (
              SELECT id, commission FROM (
                (SELECT id, commission FROM ledger_account
                 WHERE kind = 'member' AND commission_rank >= greatest(1, (SELECT rank FROM edge)))
                UNION ALL
                (SELECT id, commission FROM ledger_account WHERE kind = 'member' AND commission_rank = 0
                   AND (SELECT rank FROM edge) = 0 ORDER BY commission_rank, id LIMIT 50)) a
              ORDER BY commission DESC, id LIMIT 50
            )
            SELECT top.id, m.name, top.commission, u.value ->> 'vipTier' AS tier,
                   (SELECT count(*) FROM member c WHERE c.parent_id = top.id)::integer AS children,
                   (SELECT max(deleted_at) FROM member WHERE deleted_at IS NOT NULL) AS last_left,
                   rank() OVER (ORDER BY top.commission DESC)::integer AS rank
            FROM top
            JOIN member m ON m.id = top.id
            LEFT JOIN kv_store_44a642d3 u ON u.key = 'user:' || top.id
            ORDER BY top.commission DESC, top.id
            """;

    private static final String OWN =
            """
            SELECT a.id, m.name, a.commission, u.value ->> 'vipTier' AS tier,
                   coalesce((u.value ->> 'childCount')::integer, 0) AS children,
                   (SELECT max(deleted_at) FROM member WHERE deleted_at IS NOT NULL) AS last_left
            FROM ledger_account a
            JOIN member m ON m.id = a.id
            LEFT JOIN kv_store_44a642d3 u ON u.key = $2
            WHERE a.id = $1
            """;

    // Above rank 127 a rank stands for more than one sum of commissions.
    private static final String RANK =
            """
            SELECT (1 + coalesce((SELECT sum(members) FROM platform_rank WHERE rank > own.rank), 0)
                      + (SELECT count(*) FROM ledger_account a WHERE own.rank > 127 AND a.kind = 'member'
                           AND a.commission_rank = own.rank AND a.commission > $1))::integer AS rank
            FROM (SELECT commission_rank($1) AS rank) own
            """;

    private final SqlClient lookups;
    private final Pool pool;

    public LeaderboardStore(SqlClient lookups, Pool pool) {
        this.lookups = lookups;
        this.pool = pool;
    }

    /** The first fifty. */
    Future<Board> top() {
        return pool.query(TOP)
                .execute()
                .map(rows -> new Board(
                        StreamSupport.stream(rows.spliterator(), false)
                                .map(row -> Place.of(row.getInteger("rank"), row))
                                .toList(),
                        rows.stream()
                                .findFirst()
                                .map(LeaderboardStore::lastLeft)
                                .orElse(null)));
    }

    private static OffsetDateTime lastLeft(Row row) {
        return row.getOffsetDateTime("last_left");
    }

    /** A member who asks; empty for an unknown one. */
    Future<Optional<Asker>> own(UUID member) {
        return lookups.preparedQuery(OWN)
                .execute(Tuple.of(member, Keys.user(member)))
                .map(rows -> rows.stream().findFirst().map(row -> new Asker(Place.of(0, row), lastLeft(row))));
    }

    /** The rank of whoever has these commissions, in minor units. */
    Future<Integer> rank(long commission) {
        return pool.preparedQuery(RANK)
                .execute(Tuple.of(commission))
                .map(rows -> rows.iterator().next())
                .map((Row row) -> row.getInteger("rank"));
    }
}
