package io.cloneplatform.common.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/** The limits of the buckets in which durations are counted. */
public final class Buckets {
    private Buckets() {}

    /** For what a client waits for: from 5 ms to 10 s. */
    public static Duration[] fine() {
        return milliseconds(5, 10, 25, 50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000);
    }

    /** For what there are many kinds of: from 10 ms to 2 s. */
    public static Duration[] coarse() {
        return milliseconds(10, 50, 250, 1_000, 2_000);
    }

    /** For statements: from 1 ms to 2 s, at which the database cancels them. */
    public static Duration[] statements() {
        return milliseconds(1, 5, 25, 100, 500, 1_000, 2_000);
    }

    private static Duration[] milliseconds(long... limits) {
        return LongStream.of(limits).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
