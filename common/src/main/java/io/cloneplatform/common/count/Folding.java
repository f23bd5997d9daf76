package io.cloneplatform.common.count;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds what changed into the numbers that the database keeps, a moment after the changes: a bounded number at a time, by
 * one process of the deployment at a time. Until then whoever reads a number adds its changes up.
 */
public final class Folding {
    private static final Logger LOG = LoggerFactory.getLogger(Folding.class);

    private static final int LIMIT = 5_000;
    private static final long PAUSE_MS = 1_000;
    private static final long PAUSE_BEHIND_MS = 100;

    private static final String FOLD = "SELECT platform_fold($1) AS folded";

    private final Vertx vertx;
    private final Pool pool;

    private Folding(Vertx vertx, Pool pool) {
        this.vertx = vertx;
        this.pool = pool;
    }

    /** Begins to fold, until the process stops. */
    public static void start(Vertx vertx, Pool pool) {
        new Folding(vertx, pool).foldAfter(PAUSE_MS);
    }

    private void foldAfter(long pauseMs) {
        vertx.setTimer(pauseMs, timer -> pool.preparedQuery(FOLD)
                .execute(Tuple.of(LIMIT))
                .map(rows -> rows.iterator().next().getInteger("folded"))
                .onSuccess(number -> foldAfter(number < LIMIT ? PAUSE_MS : PAUSE_BEHIND_MS))
                .onFailure(failure -> {
                    LOG.warn("What changed was not counted together: {}", failure.toString());
                    foldAfter(10 * PAUSE_MS);
                }));
    }
}
