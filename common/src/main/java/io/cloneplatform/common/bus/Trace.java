package io.cloneplatform.common.bus;

/**
 * What ties log lines and errors of one request together.
 *
 * @param requestId taken from {@code x-request-id} or made by the gateway
 * @param traceparent the W3C trace context header, or null
 */
public record Trace(String requestId, String traceparent) {}
