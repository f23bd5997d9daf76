package io.cloneplatform.common.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests over the event bus and turns every way the bus can fail into a refusal. */
public final class BusClient {
    private static final Logger LOG = LoggerFactory.getLogger(BusClient.class);

    private final EventBus bus;

    public BusClient(Vertx vertx) {
        this.bus = vertx.eventBus();
    }

    /** Teaches the bus both envelopes; once per Vert.x instance, before anything is deployed. */
    public static void registerCodecs(Vertx vertx) {
        vertx.eventBus()
                .registerDefaultCodec(Request.class, new RequestCodec())
                .registerDefaultCodec(Reply.Done.class, new ReplyCodec<>("done-1"))
                .registerDefaultCodec(Reply.Refused.class, new ReplyCodec<>("refused-1"));
    }

    /**
     * Asks the operation that a request names. The future never fails: no consumer is {@link ErrorCode#UNAVAILABLE}, no
     * answer before the deadline is {@link ErrorCode#TIMEOUT}, which means unknown, not failed.
     */
    public Future<Reply> request(Request request) {
        long remainingMs = Math.max(1, request.deadlineMs() - System.currentTimeMillis());
        DeliveryOptions options = new DeliveryOptions().setSendTimeout(remainingMs);
        return bus.<Reply>request(request.operation(), request, options)
                .map(Message::body)
                .recover(failure -> Future.succeededFuture(refusal(request, failure)));
    }

    private static Reply refusal(Request request, Throwable failure) {
        if (failure instanceof ReplyException e) {
            switch (e.failureType()) {
                case NO_HANDLERS -> {
                    return Reply.refuse(ErrorCode.UNAVAILABLE, "This part of the service is not available right now");
                }
                case TIMEOUT -> {
                    return Reply.refuse(
                            ErrorCode.TIMEOUT, "The request was not answered in time; its outcome is unknown");
                }
                default -> {}
            }
        }
        LOG.error("{} {} failed on the bus", request.trace().requestId(), request.operation(), failure);
        return Reply.refuse(ErrorCode.INTERNAL, "Something went wrong on our side");
    }
}
