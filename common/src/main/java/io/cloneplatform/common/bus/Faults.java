package io.cloneplatform.common.bus;

import io.cloneplatform.common.batch.TooLate;
import io.cloneplatform.common.db.DatabaseFaults;
import java.util.concurrent.RejectedExecutionException;
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
        RequestFields.during(request, () -> log(request, code, fault));
        return Reply.refuse(code, sentence(code));
    }

    private static void log(Request request, ErrorCode code, Throwable fault) {
        if (code == ErrorCode.INTERNAL) {
            LOG.error("{} {} failed", request.trace().shownId(), request.operation(), fault);
        } else if (code.status() >= 500) {
            LOG.warn("{} {} {}: {}", request.trace().shownId(), request.operation(), code, fault.toString());
        }
    }

    private static ErrorCode classify(Throwable fault) {
        if (fault instanceof Request.BadBody) {
            return ErrorCode.VALIDATION_FAILED;
        }
        if (fault instanceof RejectedExecutionException) {
            return ErrorCode.OVERLOADED;
        }
        if (DatabaseFaults.mayPass(fault)) {
            return ErrorCode.UNAVAILABLE;
        }
        return fault instanceof TooLate || "57014".equals(DatabaseFaults.sqlState(fault))
                ? ErrorCode.TIMEOUT
                : ErrorCode.INTERNAL;
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
