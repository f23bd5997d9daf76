package io.cloneplatform.acceptance.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens in other processes. */
public final class Waiting {
    private static final long STEP_MS = 50;

    private Waiting() {}

    /** Asks again and again until the answer is yes, and says how long that took; fails after the limit. */
    public static Duration until(Duration limit, Supplier<String> complaint, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (since(start).compareTo(limit) > 0) {
                throw new AssertionError("After " + limit + " still " + complaint.get());
            }
            pause(STEP_MS);
        }
        return since(start);
    }

    /** The time since a reading of {@link System#nanoTime}. */
    public static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Does nothing for a while. */
    public static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
