package io.cloneplatform.premium.expiry;

import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.common.launch.Chore;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.premium.ending.Ending;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends assignments whose time has run out. Any number of processes may sweep: each assignment ends once. */
public final class ExpirySweeper {
    private static final Logger LOG = LoggerFactory.getLogger(ExpirySweeper.class);
    private static final int BATCH = 100;

    // The platform keeps open assignments in the order in which their time runs out.
    private static final String FIND_OVERDUE =
            """
            SELECT split_part(key, ':', 2)::uuid AS member FROM platform_list
            WHERE list = 'premium' AND at <= $1
            ORDER BY at, key
            LIMIT $2
            """;

    private final Pool pool;
    private final Ending ending;
    private final Runnable expired;

    /**
     * A sweeper that has not begun.
     *
     * @param expired told of each assignment that ended
     */
    public ExpirySweeper(Pool pool, Ending ending, Runnable expired) {
        this.pool = pool;
        this.ending = ending;
        this.expired = expired;
    }

    /** Sweeps now and then, until the process stops. */
    public void start(Node node, long periodMs) {
        Chore.every(node, periodMs, "Overdue premium assignments were not ended", this::sweep);
    }

    private Future<Integer> sweep() {
        return findOverdue()
                .compose(this::endEach)
                .compose(ended -> ended == BATCH ? sweep().map(more -> ended + more) : Future.succeededFuture(ended));
    }

    private Future<List<UUID>> findOverdue() {
        return pool.preparedQuery(FIND_OVERDUE)
                .execute(Tuple.of(Instants.iso(Instant.now()), BATCH))
                .map(rows -> rows.stream().map(row -> row.getUUID("member")).toList());
    }

    private Future<Integer> endEach(List<UUID> members) {
        Future<Integer> ended = Future.succeededFuture(0);
        for (UUID member : members) {
            ended = ended.compose(count -> end(member).map(one -> count + one));
        }
        return ended;
    }

    // One that fails is tried again on the next sweep and keeps nobody else waiting.
    private Future<Integer> end(UUID member) {
        return pool.withTransaction(tx -> ending.endOverdue(tx, member))
                .onSuccess(ended -> ended.ifPresent(done -> expired.run()))
                .map(ended -> ended.isPresent() ? 1 : 0)
                .otherwise(failure -> {
                    LOG.warn("The premium assignment of {} was not ended: {}", member, failure.toString());
                    return 0;
                });
    }
}
