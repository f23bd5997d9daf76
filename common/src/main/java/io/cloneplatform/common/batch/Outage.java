package io.cloneplatform.common.batch;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * The time from a fault that may pass to the next success: whoever's time is up meanwhile is told of the fault, also while
 * one more attempt takes longer than that, or others are tried first. Used on one context.
 */
final class Outage<I, R> {
    // What is said after the deadline is not heard: the caller is told that the outcome is unknown when it is known.
    static final long LAST_WORD_MS = 300;

    private static final long LOOK_MS = 50;

    private final Vertx vertx;
    private final Queue<Waiting<I, R>> queue;
    private List<Waiting<I, R>> batch = List.of();
    private Throwable fault;
    private long timer;

    /**
     * None yet.
     *
     * @param queue what is not tried yet
     */
    Outage(Vertx vertx, Queue<Waiting<I, R>> queue) {
        this.vertx = vertx;
        this.queue = queue;
    }

    /** A batch was not written, and will be tried again. */
    void goesOn(List<Waiting<I, R>> tried, Throwable why) {
        if (fault == null) {
            timer = vertx.setPeriodic(LOOK_MS, look -> speak());
        }
        batch = tried;
        fault = why;
    }

    private void speak() {
        long soon = System.currentTimeMillis() + LAST_WORD_MS;
        List<Waiting<I, R>> unanswered = Stream.concat(batch.stream(), queue.stream())
                .filter(waiting -> !waiting.answered())
                .toList();
        unanswered.stream().filter(waiting -> waiting.lateAt(soon)).forEach(waiting -> waiting.answer()
                .tryFail(fault));
        if (unanswered.isEmpty()) {
            over();
        }
    }

    void over() {
        if (fault != null) {
            vertx.cancelTimer(timer);
            batch = List.of();
            fault = null;
        }
    }
}
