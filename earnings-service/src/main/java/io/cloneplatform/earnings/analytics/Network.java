package io.cloneplatform.earnings.analytics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.earnings.member.Callers;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A member reads how many stand below them, and which part of those is active. */
public final class Network {
    // Everyone below has a link from their parent, and the link knows the last credited submission: one row per member.
    private static final String COUNT =
            """
            SELECT count(*) FILTER (WHERE n.level = 1)::integer AS level_1,
                   count(*) FILTER (WHERE n.level = 2)::integer AS level_2,
                   count(*) FILTER (WHERE n.level = 3)::integer AS level_3,
                   count(*) FILTER (WHERE r.value ->> 'lastProductAt' >= iso_instant(now() - interval '30 days'))::integer AS active
            FROM (SELECT id, parent_id, 1 AS level FROM member WHERE parent_id = $1
                  UNION ALL SELECT id, parent_id, 2 FROM member WHERE grandparent_id = $1
                  UNION ALL SELECT id, parent_id, 3 FROM member WHERE great_grandparent_id = $1) n
            LEFT JOIN kv_store_44a642d3 r ON r.key = 'referral:' || n.parent_id || ':' || n.id
            """;

    private final Pool pool;

    public Network(Pool pool) {
        this.pool = pool;
    }

    private record ByLevel(
            @JsonProperty("level_1") int level1,
            @JsonProperty("level_2") int level2,
            @JsonProperty("level_3") int level3) {}

    private record Size(
            int directChildren,
            int indirectReferrals,
            int totalNetworkSize,
            ByLevel networkByLevel,
            BigDecimal activePercentage) {}

    // Old clients look for the fields in "network", others at the top level: they stand in both places.
    private record Answer(Size network, @JsonUnwrapped Size fields) {}

    /** Counts the network of the calling member. */
    public Future<Reply> count(Request request) {
        return pool.preparedQuery(COUNT)
                .execute(Tuple.of(Callers.member(request)))
                .map(rows -> Reply.ok(answer(rows.iterator().next())));
    }

    private static Answer answer(Row row) {
        ByLevel levels = new ByLevel(row.getInteger("level_1"), row.getInteger("level_2"), row.getInteger("level_3"));
        int indirect = levels.level2() + levels.level3();
        int size = levels.level1() + indirect;
        Size counted = new Size(levels.level1(), indirect, size, levels, percentage(row.getInteger("active"), size));
        return new Answer(counted, counted);
    }

    static BigDecimal percentage(int part, int whole) {
        return whole == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(100L * part).divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP);
    }
}
