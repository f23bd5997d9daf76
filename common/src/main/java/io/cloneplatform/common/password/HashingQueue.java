package io.cloneplatform.common.password;

import io.cloneplatform.common.metrics.Counts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A few threads, and a queue before them that is as long as its last item can wait: what would come too late, by what the
 * work took lately, is refused at once. A busy machine takes longer for each, so that its queue gets shorter.
 */
final class HashingQueue {
    private static final int MOST_PER_THREAD = 40;

    // A burst makes hashes slower than they were before it, and a request has more to do than to hash.
    private static final int SHARE_OF_TIME_LEFT = 3;
    private static final int RECENT = 8;
    private static final long NANOS_PER_MS = 1_000_000;

    private final WorkerExecutor executor;
    private final int threads;
    private final AtomicInteger length = new AtomicInteger(); // those that are being worked on included
    private final AtomicLong costNanos;
    private final Runnable shed;

    HashingQueue(Vertx vertx, int threads, long firstCostNanos, Counts metrics) {
        this.executor = vertx.createSharedWorkerExecutor("password-hashing", threads);
        this.threads = threads;
        this.costNanos = new AtomicLong(firstCostNanos);
        this.shed = metrics.counter("clone.password.shed", "Passwords that were not hashed for lack of time");
        metrics.gauge("clone.password.queue.length", "Passwords that wait or are being hashed", length::get);
    }

    /** Does the work before the deadline, or fails with {@link RejectedExecutionException} without having begun it. */
    <T> Future<T> submit(Callable<T> work, long deadlineMs) {
        int ahead = length.getAndIncrement();
        if (!fits(ahead, deadlineMs)) {
            length.decrementAndGet();
            shed.run();
            return Future.failedFuture(new RejectedExecutionException("password hashing is at capacity"));
        }
        return executor.executeBlocking(() -> measured(work, deadlineMs), false)
                .onComplete(done -> length.decrementAndGet());
    }

    // Where a thread is idle nothing is refused: only work shows that work has become cheaper again.
    private boolean fits(int ahead, long deadlineMs) {
        if (ahead < threads) {
            return true;
        }
        long finishedMs = (ahead / threads + 1) * costNanos.get() / NANOS_PER_MS;
        return ahead < threads * MOST_PER_THREAD
                && finishedMs <= (deadlineMs - System.currentTimeMillis()) / SHARE_OF_TIME_LEFT;
    }

    private <T> T measured(Callable<T> work, long deadlineMs) throws Exception {
        if (System.currentTimeMillis() > deadlineMs) {
            shed.run();
            throw new RejectedExecutionException("the deadline passed before the password was hashed");
        }
        long start = System.nanoTime();
        T result = work.call();
        long took = System.nanoTime() - start;
        costNanos.updateAndGet(cost -> cost + (took - cost) / RECENT);
        return result;
    }
}
