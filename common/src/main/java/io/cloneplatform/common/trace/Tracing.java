package io.cloneplatform.common.trace;

import io.cloneplatform.common.config.TraceConfig;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vertx.core.VertxBuilder;
import java.util.Optional;

/**
 * Spans of one process, where somebody collects them. While nobody does, nothing is recorded, and not a class
 * of OpenTelemetry's SDK is loaded.
 */
public final class Tracing implements AutoCloseable {
    private final Spans spans; // null while nobody collects them

    private Tracing(Spans spans) {
        this.spans = spans;
    }

    /** As configured; the service is the name under which the collector shows this process. */
    public static Tracing of(TraceConfig config, String service) {
        return config.endpoint().isEmpty()
                ? new Tracing(null)
                : new Tracing(Spans.collected(config.endpoint().get(), config.share(), service));
    }

    /** Every span, as soon as it has ended, for tests that look at them. */
    public static Tracing to(SpanExporter exporter) {
        return new Tracing(Spans.at(exporter));
    }

    /** Lets a Vert.x instance that is about to be made trace what passes through it. */
    public void addTo(VertxBuilder builder) {
        if (spans != null) {
            builder.withTracer(spans.factory());
        }
    }

    /**
     * The trace context of what is being done on this thread, as a {@code traceparent}; empty where there is no
     * span.
     */
    public Optional<String> current() {
        return spans == null ? Optional.empty() : spans.current();
    }

    /** Names the span of what is being done on this thread. */
    public void name(String operation) {
        if (spans != null) {
            spans.name(operation);
        }
    }

    /** Sends what has ended, within a few seconds; blocks. */
    @Override
    public void close() {
        if (spans != null) {
            spans.close();
        }
    }
}
