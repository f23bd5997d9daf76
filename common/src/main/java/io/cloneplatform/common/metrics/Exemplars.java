package io.cloneplatform.common.metrics;

import io.prometheus.metrics.tracer.common.SpanContext;

/**
 * Ties what is recorded to the trace it belongs to: a scrape in the OpenMetrics format shows one now and then.
 */
public final class Exemplars implements SpanContext {
    private static final ThreadLocal<Trace> CURRENT = new ThreadLocal<>();

    private record Trace(String traceId, String spanId) {}

    /** Records while a trace is known, given by the ids of W3C's trace context. */
    public static void during(String traceId, String spanId, Runnable recording) {
        CURRENT.set(new Trace(traceId, spanId));
        try {
            recording.run();
        } finally {
            CURRENT.remove();
        }
    }

    @Override
    public String getCurrentTraceId() {
        Trace trace = CURRENT.get();
        return trace == null ? null : trace.traceId();
    }

    @Override
    public String getCurrentSpanId() {
        Trace trace = CURRENT.get();
        return trace == null ? null : trace.spanId();
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return CURRENT.get() != null;
    }

    @Override
    public void markCurrentSpanAsExemplar() {}
}
