package io.cloneplatform.common.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * OpenTelemetry's SDK, set up so that a collector that is slow or away costs a bounded number of spans and
 * nothing else.
 */
final class Spans implements AutoCloseable {
    private static final int MAX_WAITING = 2_048;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration EXPORT_LIMIT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final long CLOSE_LIMIT_SECONDS = 3;

    // It writes several lines about every batch that was not taken; ReticentExporter says it once.
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

    private final OpenTelemetrySdk sdk;

    private Spans(SpanProcessor processor, Sampler sampler, String service) {
        LIBRARY.setLevel(Level.OFF);
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(processor)
                .setSampler(sampler)
                .setResource(Resource.create(Attributes.builder()
                        .put("service.namespace", "clone-platform")
                        .put("service.name", service)
                        .build()))
                .build();
        this.sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(provider)
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
    }

    static Spans collected(URI endpoint, BigDecimal share, String service) {
        SpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.toString().replaceAll("/+$", "") + "/v1/traces")
                .setConnectTimeout(CONNECT_LIMIT)
                .setTimeout(EXPORT_LIMIT)
                .setRetryPolicy(null)
                .build();
        SpanProcessor batches = BatchSpanProcessor.builder(new ReticentExporter(exporter))
                .setMaxQueueSize(MAX_WAITING)
                .setScheduleDelay(PAUSE)
                .setExporterTimeout(EXPORT_LIMIT)
                .build();
        return new Spans(batches, Sampler.parentBased(Sampler.traceIdRatioBased(share.doubleValue())), service);
    }

    static Spans at(SpanExporter exporter) {
        return new Spans(
                SimpleSpanProcessor.create(new ReticentExporter(exporter)),
                Sampler.parentBased(Sampler.alwaysOn()),
                "test");
    }

    VertxTracerFactory factory() {
        return new OpenTelemetryTracingFactory(sdk);
    }

    Optional<String> current() {
        SpanContext context = Span.current().getSpanContext();
        return context.isValid()
                ? Optional.of("00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                        + context.getTraceFlags().asHex())
                : Optional.empty();
    }

    void name(String operation) {
        Span.current().updateName(operation);
    }

    /**
     * Makes what is being done on this thread now the parent of what is done on another, for as long as its
     * context is.
     */
    static Runnable here() {
        Context trace = Context.current();
        return () -> ContextStorage.get().attach(trace);
    }

    @Override
    public void close() {
        sdk.shutdown().join(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
