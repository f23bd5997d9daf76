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
    // The platform counts those below a member, and those of them by the last day on which they were active.
    private static final String COUNT =
            """
            SELECT coalesce(n.level_1, 0)::integer AS level_1, coalesce(n.level_2, 0)::integer AS level_2,
                   coalesce(n.level_3, 0)::integer AS level_3,
                   (SELECT coalesce(sum(members), 0) FROM network_activity
                    WHERE upline = $1 AND day >= (now() AT TIME ZONE 'UTC')::date - 30)::integer AS active
            FROM (VALUES (1)) AS one LEFT JOIN network_count n ON n.upline = $1
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
