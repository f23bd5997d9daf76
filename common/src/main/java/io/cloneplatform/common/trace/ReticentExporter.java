package io.cloneplatform.common.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on what a span says about the platform, and nothing that a client may have put into it: no address, no
 * query, no message of an exception. Statements have no values in them; those travel beside.
 */
final class ReticentExporter implements SpanExporter {
    private static final Set<String> TOLD = Set.of(
            "http.response.status_code",
            "url.scheme",
            "db.query.text",
            "db.namespace",
            "db.system",
            "messaging.destination.name",
            "messaging.operation.name",
            "messaging.system");

    private static final Logger LOG = LoggerFactory.getLogger(ReticentExporter.class);

    private final SpanExporter exporter;
    private final AtomicBoolean away = new AtomicBoolean();

    ReticentExporter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result =
                exporter.export(spans.stream().<SpanData>map(ReticentSpan::new).toList());
        return result.whenComplete(() -> note(result.isSuccess()));
    }

    private void note(boolean taken) {
        if (!taken && !away.getAndSet(true)) {
            LOG.warn("The collector of traces takes nothing; spans are dropped until it does");
        } else if (taken && away.getAndSet(false)) {
            LOG.info("The collector of traces takes spans again");
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    private static final class ReticentSpan extends DelegatingSpanData {
        private final Attributes attributes;

        private ReticentSpan(SpanData span) {
            super(span);
            this.attributes = span.getAttributes().toBuilder()
                    .removeIf(key -> !isTold(key))
                    .build();
        }

        private static boolean isTold(AttributeKey<?> key) {
            return TOLD.contains(key.getKey());
        }

        @Override
        public SpanContext getSpanContext() {
            return withoutState(super.getSpanContext());
        }

        @Override
        public SpanContext getParentSpanContext() {
            return withoutState(super.getParentSpanContext());
        }

        // Any text of a client may stand in its tracestate.
        private static SpanContext withoutState(SpanContext span) {
            return span.getTraceState().isEmpty()
                    ? span
                    : SpanContext.create(
                            span.getTraceId(), span.getSpanId(), span.getTraceFlags(), TraceState.getDefault());
        }

        @Override
        public Attributes getAttributes() {
            return attributes;
        }

        @Override
        public List<EventData> getEvents() {
            return List.of();
        }

        @Override
        public StatusData getStatus() {
            return StatusData.create(super.getStatus().getStatusCode(), "");
        }
    }
}
