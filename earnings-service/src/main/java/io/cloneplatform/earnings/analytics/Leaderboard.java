package io.cloneplatform.earnings.analytics;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.earnings.member.Callers;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** A member reads who earned most from referrals, and the own rank. Equals share the better rank. */
public final class Leaderboard {
    // The platform counts members by rank of commission: that tells from which rank the fifty come, and how many are
    // before somebody, but for those of the same rank.
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
            ), own AS MATERIALIZED (
              SELECT commission_rank, commission FROM ledger_account WHERE id = $1
            )
            SELECT top.id, m.name, top.commission, u.value ->> 'vipTier' AS tier,
                   (SELECT count(*) FROM member c WHERE c.parent_id = top.id)::integer AS children,
                   rank() OVER (ORDER BY top.commission DESC)::integer AS rank,
                   (SELECT 1 + coalesce((SELECT sum(members) FROM platform_rank WHERE rank > own.commission_rank), 0)
                      + (SELECT count(*) FROM ledger_account a WHERE own.commission_rank > 127 AND a.kind = 'member'
                           AND a.commission_rank = own.commission_rank AND a.commission > own.commission)
                    FROM own)::integer AS own_rank
            FROM top
            JOIN member m ON m.id = top.id
            LEFT JOIN kv_store_44a642d3 u ON u.key = 'user:' || top.id
            ORDER BY top.commission DESC, top.id
            """;

    private final Pool pool;

    public Leaderboard(Pool pool) {
        this.pool = pool;
    }

    private record Place(
            int rank, String userId, String name, Money totalProfitFromChildren, int childCount, String vipTier) {
        static Place of(Row row) {
            return new Place(
                    row.getInteger("rank"),
                    row.getUUID("id").toString(),
                    row.getString("name"),
                    new Money(row.getLong("commission")),
                    row.getInteger("children"),
                    row.getString("tier"));
        }
    }

    private record Answer(List<Place> leaderboard, int userRank) {}

    /** The first fifty, and the calling member's rank among all. */
    public Future<Reply> read(Request request) {
        return pool.preparedQuery(TOP)
                .execute(Tuple.of(Callers.member(request)))
                .map(rows -> rows.stream().toList())
                .map(rows -> Reply.ok(new Answer(rows.stream().map(Place::of).toList(), ownRank(rows))));
    }

    private static int ownRank(List<Row> rows) {
        return rows.isEmpty() ? 1 : rows.get(0).getInteger("own_rank");
    }
}
