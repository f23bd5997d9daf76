package io.cloneplatform.common.batch;

import io.cloneplatform.common.trace.Carried;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;

/**
 * One item on its way into a batch.
 *
 * @param key what a batch may have once, or null
 * @param deadlineMs when nobody waits for the answer any more, in milliseconds since the epoch
 * @param answer what its sender waits for
 * @param trace the sender's trace
 */
public record Waiting<I, R>(I item, ByteBuffer key, long deadlineMs, Promise<R> answer, Carried trace) {
    boolean lateAt(long epochMs) {
        return epochMs > deadlineMs;
    }

    boolean answered() {
        return answer.future().isComplete();
    }
}
