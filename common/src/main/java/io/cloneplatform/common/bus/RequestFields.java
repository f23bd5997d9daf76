package io.cloneplatform.common.bus;

import java.util.Map;
import org.slf4j.MDC;

/** The fields that a line of the log about one request has, under the names of the gateway's line about it. */
final class RequestFields {
    private RequestFields() {}

    /** Logs with the fields. */
    static void during(Request request, Runnable logging) {
        MDC.setContextMap(Map.of(
                "operation", request.operation(),
                "requestId", request.trace().shownId(),
                "traceId", request.trace().traceId()));
        try {
            logging.run();
        } finally {
            MDC.clear();
        }
    }
}
