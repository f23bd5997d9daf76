package io.cloneplatform.earnings.submit;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.idempotency.Writes;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.metrics.Counts;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * The one writer of submissions in a process: what arrives while a batch is being written is the next batch. There is no
 * timer: alone, a submission is written at once.
 */
public final class SubmissionWriter {
    private static final int MAX_WAITING = 2_000;
    private static final int MAX_BATCH = 256;

    private final Context context;
    private final BatchWriter writer;
    private final Writes writes;
    private final LongConsumer batchSizes;
    private final Queue<PendingSubmission> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();
    private boolean writing; // only on the context

    /** The writer of a process, on an event loop of its own choice. */
    public static SubmissionWriter of(Node node, LineStore lines, CommissionSplit split) {
        BatchWriter writer = new BatchWriter(
                node.vertx(), node.pool(), lines, node.writes(), node.config().rules(), split);
        return new SubmissionWriter(
                node.vertx().getOrCreateContext(), writer, node.writes(), new Counts(node.metrics()));
    }

    private SubmissionWriter(Context context, BatchWriter writer, Writes writes, Counts metrics) {
        this.context = context;
        this.writer = writer;
        this.writes = writes;
        this.batchSizes = metrics.sizes(
                "clone.submission.batch.size", "Submissions written by one statement", 1, 4, 16, 64, MAX_BATCH);
        metrics.gauge("clone.submission.queue.length", "Submissions waiting to be written", length::get);
    }

    /** Writes a submission with the next batch. Fails at once when too many are waiting. */
    Future<Reply> write(PendingSubmission submission) {
        if (length.incrementAndGet() > MAX_WAITING) {
            length.decrementAndGet();
            return Future.failedFuture(new RejectedExecutionException("Too many submissions are waiting"));
        }
        waiting.add(submission);
        context.runOnContext(ignored -> next());
        return submission.reply().future();
    }

    private void next() {
        if (writing) {
            return;
        }
        List<PendingSubmission> batch = collect();
        if (!batch.isEmpty()) {
            writing = true;
            batchSizes.accept(batch.size());
            writer.write(batch).onComplete(done -> {
                writing = false;
                next();
            });
        }
    }

    private List<PendingSubmission> collect() {
        long now = System.currentTimeMillis();
        List<PendingSubmission> batch = new ArrayList<>();
        Map<ByteBuffer, PendingSubmission> firsts = new HashMap<>();
        for (PendingSubmission next = poll(); next != null; next = batch.size() < MAX_BATCH ? poll() : null) {
            PendingSubmission first = next.key() == null ? null : firsts.putIfAbsent(next.keyHash(), next);
            if (first != null) {
                follow(first, next);
            } else if (next.lateAt(now)) {
                next.reply().complete(Reply.refuse(ErrorCode.TIMEOUT, "The request was not finished in time"));
            } else {
                batch.add(next);
            }
        }
        return batch;
    }

    private PendingSubmission poll() {
        PendingSubmission next = waiting.poll();
        if (next != null) {
            length.decrementAndGet();
        }
        return next;
    }

    // The same key twice in a batch: what the first one wrote answers both.
    private void follow(PendingSubmission first, PendingSubmission second) {
        first.reply()
                .future()
                .compose(reply ->
                        reply instanceof Reply.Done ? writes.replay(second.key()) : Future.succeededFuture(reply))
                .onComplete(second.reply());
    }
}
