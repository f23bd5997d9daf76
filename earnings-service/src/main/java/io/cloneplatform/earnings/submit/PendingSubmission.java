package io.cloneplatform.earnings.submit;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.idempotency.SealedKey;
import io.cloneplatform.common.json.Money;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/**
 * One submission on its way into a batch. Its id is made on arrival, so that the same submission can be written again
 * when an outcome was lost.
 *
 * @param key the request's idempotency key, or null
 * @param reply what the client waits for
 */
record PendingSubmission(
        Request request,
        SealedKey key,
        UUID id,
        UUID member,
        String name,
        Money value,
        Instant at,
        Promise<Reply> reply) {

    /** Whether nobody waits for the answer any more at that moment. */
    boolean lateAt(long epochMs) {
        return epochMs > request.deadlineMs();
    }

    /** The key as a batch may have it once; null without one. */
    ByteBuffer keyHash() {
        return key == null ? null : ByteBuffer.wrap(key.hash());
    }

    Product.Draft draft(Line line) {
        return new Product.Draft(id, line, name, value, null, null, at);
    }
}
