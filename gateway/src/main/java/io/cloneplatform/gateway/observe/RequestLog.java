package io.cloneplatform.gateway.observe;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One line for each request, and nothing in it that a client chose, except ids: no path, no query, no header.
 * Its logger has a name of its own, so that it can be told to be silent.
 */
final class RequestLog {
    static final String NAME = "io.cloneplatform.requests";

    private static final Logger LOG = LoggerFactory.getLogger(NAME);

    private RequestLog() {}

    static void write(Visit visit, int status, long nanos) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        String operation = visit.route().operation();
        String tookMs = milliseconds(nanos);
        String requestId = visit.trace().shownId();
        String traceId = visit.trace().traceId();
        MDC.setContextMap(Map.of(
                "operation", operation,
                "status", Integer.toString(status),
                "durationMs", tookMs,
                "caller", visit.caller(),
                "requestId", requestId,
                "traceId", traceId));
        LOG.info("{} {} {} ms {} {} {}", operation, status, tookMs, visit.caller(), requestId, traceId);
        MDC.clear();
    }

    private static String milliseconds(long nanos) {
        return BigDecimal.valueOf(TimeUnit.NANOSECONDS.toMicros(nanos), 3)
                .setScale(1, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
