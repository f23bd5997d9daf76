package io.cloneplatform.common.bus;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells infrastructure faults apart: what clients may retry, what timed out, and what is our own mistake. */
final class Faults {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private Faults() {}

    static Reply refusal(Request request, Throwable fault) {
        if (fault instanceof Request.BadParam e) {
            return Reply.invalid(e.field(), "is not valid");
        }
        ErrorCode code = classify(fault);
        if (code == ErrorCode.INTERNAL) {
            LOG.error("{} {} failed", request.trace().requestId(), request.operation(), fault);
        } else if (code.status() >= 500) {
            LOG.warn("{} {} {}: {}", request.trace().requestId(), request.operation(), code, fault.toString());
        }
        return Reply.refuse(code, sentence(code));
    }

    private static ErrorCode classify(Throwable fault) {
        if (fault instanceof Request.BadBody) {
            return ErrorCode.VALIDATION_FAILED;
        }
        if (fault instanceof RejectedExecutionException) {
            return ErrorCode.OVERLOADED;
        }
        if (fault instanceof PgException e) {
            return classifySqlState(e.getSqlState() == null ? "" : e.getSqlState());
        }
        // The pool reports a closed connection, a full queue and a timed-out wait with bare VertxExceptions.
        boolean connection =
                fault instanceof IOException || fault instanceof VertxException || fault instanceof TimeoutException;
        return connection ? ErrorCode.UNAVAILABLE : ErrorCode.INTERNAL;
    }

    private static ErrorCode classifySqlState(String state) {
        return switch (state) {
            case "57014" -> ErrorCode.TIMEOUT;
            case "40001", "40P01", "55P03", "25006" -> ErrorCode.UNAVAILABLE;
            default ->
                state.startsWith("08") || state.startsWith("53") || state.startsWith("57P")
                        ? ErrorCode.UNAVAILABLE
                        : ErrorCode.INTERNAL;
        };
    }

    private static String sentence(ErrorCode code) {
        return switch (code) {
            case VALIDATION_FAILED -> "The body does not have the expected form";
            case OVERLOADED -> "Too much to do right now; try again in a moment";
            case UNAVAILABLE -> "The service is not available right now; try again in a moment";
            case TIMEOUT -> "The request was not finished in time";
            default -> "Something went wrong on our side";
        };
    }
}
