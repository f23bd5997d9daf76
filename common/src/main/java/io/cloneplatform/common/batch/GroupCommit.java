package io.cloneplatform.common.batch;

import io.cloneplatform.common.metrics.Counts;
import io.cloneplatform.common.trace.Carried;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;

/**
 * The one writer of some kind of items in a process: what arrives while a batch is being written is the next batch. There
 * is no timer: alone, an item is written at once.
 */
public final class GroupCommit<I, R> {
    private static final int MAX_WAITING = 2_000;
    private static final int MAX_BATCH = 256;

    private final Vertx vertx;
    private final Context context;
    private final PatientBatch<I, R> batches;
    private final BiFunction<I, R, Future<R>> repeat;
    private final LongConsumer batchSizes;
    private final Queue<Waiting<I, R>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();
    private boolean writing; // only on the context

    /**
     * A writer on an event loop of its own choice.
     *
     * @param metrics gets {@code clone.<name>.batch.size} and {@code clone.<name>.queue.length}
     * @param repeat answers an item whose key another item of the same batch had, given that one's answer
     */
    public GroupCommit(
            Vertx vertx,
            Counts metrics,
            String name,
            BatchStatement<I, R> statement,
            BiFunction<I, R, Future<R>> repeat) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.batches = new PatientBatch<>(vertx, statement, new Outage<>(vertx, waiting));
        this.repeat = repeat;
        this.batchSizes = metrics.sizes(
                "clone." + name + ".batch.size", "Items written by one statement", 1, 4, 16, 64, MAX_BATCH);
        metrics.gauge("clone." + name + ".queue.length", "Items waiting to be written", length::get);
    }

    /**
     * Writes an item with the next batch. Fails at once with {@link RejectedExecutionException} when too many wait, and
     * with {@link TooLate} when the deadline passed before.
     *
     * @param key what a batch may have once, or null
     * @param deadlineMs in milliseconds since the epoch
     */
    public Future<R> write(I item, byte[] key, long deadlineMs) {
        if (length.incrementAndGet() > MAX_WAITING) {
            length.decrementAndGet();
            return Future.failedFuture(new RejectedExecutionException("Too much is waiting to be written"));
        }
        Promise<R> answer = Promise.promise();
        waiting.add(new Waiting<>(
                item, key == null ? null : ByteBuffer.wrap(key), deadlineMs, answer, Carried.from(vertx)));
        context.runOnContext(ignored -> next());
        return answer.future();
    }

    private void next() {
        if (writing) {
            return;
        }
        List<Waiting<I, R>> batch = collect();
        if (!batch.isEmpty()) {
            writing = true;
            batchSizes.accept(batch.size());
            // What is shared is in the trace of the first: a statement has one parent.
            batch.get(0).trace().work(context, () -> write(batch));
        }
    }

    private void write(List<Waiting<I, R>> batch) {
        batches.write(batch)
                .onComplete(done -> context.runOnContext(ignored -> {
                    writing = false;
                    next();
                }));
    }

    private List<Waiting<I, R>> collect() {
        long now = System.currentTimeMillis();
        List<Waiting<I, R>> batch = new ArrayList<>();
        Map<ByteBuffer, Waiting<I, R>> firsts = new HashMap<>();
        for (Waiting<I, R> next = poll(); next != null; next = batch.size() < MAX_BATCH ? poll() : null) {
            if (next.answered()) {
                continue;
            }
            Waiting<I, R> first = next.key() == null ? null : firsts.putIfAbsent(next.key(), next);
            if (first != null) {
                follow(first, next);
            } else if (next.lateAt(now)) {
                next.answer().tryFail(new TooLate());
            } else {
                batch.add(next);
            }
        }
        return batch;
    }

    private Waiting<I, R> poll() {
        Waiting<I, R> next = waiting.poll();
        if (next != null) {
            length.decrementAndGet();
        }
        return next;
    }

    private void follow(Waiting<I, R> first, Waiting<I, R> second) {
        first.answer()
                .future()
                .compose(answer -> repeat.apply(second.item(), answer))
                .onComplete(second.answer());
    }
}
