package io.cloneplatform.earnings.submit;

import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.idempotency.SealedKey;
import io.cloneplatform.common.json.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * One submission on its way into a batch. Its id is made on arrival, so that the same submission can be written again
 * when an outcome was lost.
 *
 * @param key the request's idempotency key, or null
 */
public record PendingSubmission(
        Request request, SealedKey key, UUID id, UUID member, String name, Money value, Instant at) {

    Product.Draft draft(Line line) {
        return new Product.Draft(id, line, name, value, null, null, at);
    }
}
