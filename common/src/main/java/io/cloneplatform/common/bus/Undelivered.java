package io.cloneplatform.common.bus;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clients are told when the bus brought no answer. */
public final class Undelivered {
    private static final Logger LOG = LoggerFactory.getLogger(Undelivered.class);

    private Undelivered() {}

    /** The refusal for a failure of the bus itself. */
    public static Reply refusal(Request request, Throwable failure) {
        if (failure instanceof ReplyException e && e.failureType() == ReplyFailure.NO_HANDLERS) {
            return nobody();
        }
        if (failure instanceof ReplyException e && e.failureType() == ReplyFailure.TIMEOUT) {
            return Reply.refuse(ErrorCode.TIMEOUT, "The request was not answered in time; its outcome is unknown");
        }
        RequestFields.during(
                request,
                () -> LOG.error("{} {} failed on the bus", request.trace().shownId(), request.operation(), failure));
        return Reply.refuse(ErrorCode.INTERNAL, "Something went wrong on our side");
    }

    /** The refusal when nobody is there to ask. */
    public static Reply nobody() {
        return Reply.refuse(ErrorCode.UNAVAILABLE, "This part of the service is not available right now");
    }

    /** The refusal when the process that was asked ended before it answered. */
    public static Reply lost() {
        return Reply.refuse(
                ErrorCode.UNAVAILABLE,
                "The process that worked on this request ended; whether it was done is unknown, so look before you repeat it");
    }
}
