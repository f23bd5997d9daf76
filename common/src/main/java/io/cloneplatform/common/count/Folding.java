package io.cloneplatform.common.count;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/**
 * Folds what changed into the numbers that the database keeps, a moment after the changes: a bounded number at a time, by
 * one process of the deployment at a time. Until then whoever reads a number adds its changes up.
 */
public final class Folding {
    /** Time between two rounds when nothing waits. */
    public static final long PAUSE_MS = 1_000;

    private static final int LIMIT = 5_000;
    private static final long PAUSE_BEHIND_MS = 100;

    private static final String FOLD = "SELECT platform_fold($1) AS folded";

    private Folding() {}

    /** Folds what waits, up to a limit; returns how long to pause until the next round. */
    public static Future<Long> fold(Pool pool) {
        return pool.preparedQuery(FOLD)
                .execute(Tuple.of(LIMIT))
                .map(rows -> rows.iterator().next().getInteger("folded") < LIMIT ? PAUSE_MS : PAUSE_BEHIND_MS);
    }
}
