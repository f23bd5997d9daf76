package io.cloneplatform.common.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Sends requests over the event bus and turns every way the bus can fail into a refusal. */
public interface BusClient {
    /**
     * Asks the operation that a request names. The future never fails: nobody there is {@link ErrorCode#UNAVAILABLE}, no
     * answer before the deadline is {@link ErrorCode#TIMEOUT}, which means unknown, not failed.
     *
     * @param repeatable whether doing it twice is the same as once: a read, or a write under an idempotency key
     */
    Future<Reply> request(Request request, boolean repeatable);

    /** Asks once. */
    default Future<Reply> request(Request request) {
        return request(request, false);
    }

    /** Teaches the bus both envelopes; once per Vert.x instance, before anything is deployed. */
    static void registerCodecs(Vertx vertx) {
        vertx.eventBus()
                .registerDefaultCodec(Request.class, new RequestCodec())
                .registerDefaultCodec(Reply.Done.class, new ReplyCodec<>("done-1"))
                .registerDefaultCodec(Reply.Refused.class, new ReplyCodec<>("refused-1"));
    }
}
