package io.cloneplatform.common.bus;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * What ties log lines and errors of one request together.
 *
 * @param requestId taken from {@code x-request-id} or made by the gateway
 * @param traceparent the W3C trace context header, or null
 */
public record Trace(String requestId, String traceparent) {
    private static final int TRACE_ID = 3;
    private static final int SPAN_ID = 36;
    private static final int FLAGS = 53;
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    // An id has these alone; anything else that a client sends as one stays out of the logs.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /**
     * The trace of a client that knows what the header looks like, or one that begins here and is not sampled.
     */
    public static String continued(String traceparent) {
        if (traceparent != null && TRACEPARENT.matcher(traceparent).matches()) {
            return traceparent;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1) + "-"
                + hex.toHexDigits(random.nextLong() | 1) + "-00";
    }

    /** The request's id as logs may show it. */
    public String shownId() {
        return PLAIN.matcher(requestId).matches() ? requestId : "(not shown)";
    }

    /** The id of the trace; empty when there is none. */
    public String traceId() {
        return traceparent == null ? "" : traceparent.substring(TRACE_ID, SPAN_ID - 1);
    }

    /** The id of the span that asks; empty when there is none. */
    public String spanId() {
        return traceparent == null ? "" : traceparent.substring(SPAN_ID, FLAGS - 1);
    }
}
