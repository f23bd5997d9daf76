package io.cloneplatform.common.launch;

import io.cloneplatform.common.cluster.Cluster;
import io.cloneplatform.common.config.BusTls;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.trace.Tracing;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Makes the Vert.x instance of a process. */
final class VertxStart {
    private static final long EVENT_LOOP_LIMIT_MS = 50;

    private VertxStart() {}

    /** Blocks until the cluster is joined, if there is one. */
    static Vertx start(
            PlatformConfig config, PrometheusMeterRegistry metrics, Tracing tracing, Optional<Cluster> cluster) {
        VertxOptions options = new VertxOptions()
                .setMaxEventLoopExecuteTime(EVENT_LOOP_LIMIT_MS)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setBlockedThreadCheckInterval(EVENT_LOOP_LIMIT_MS)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
                .setWarningExceptionTime(EVENT_LOOP_LIMIT_MS)
                .setWarningExceptionTimeUnit(TimeUnit.MILLISECONDS)
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(4)
                .setMetricsOptions(new MicrometerMetricsOptions()
                        .setEnabled(true)
                        .setJvmMetricsEnabled(true)
                        // Their labels are what clients send, such as any word as the method; the gateway
                        // has its own.
                        .addDisabledMetricsCategory(MetricsDomain.HTTP_SERVER))
                .setEventBusOptions(bus(config));
        VertxBuilder builder = Vertx.builder().withMetrics(new MicrometerMetricsFactory(metrics));
        tracing.addTo(builder);
        return cluster.map(joined -> builder.with(options)
                        .withClusterManager(joined.manager())
                        .buildClustered()
                        .await())
                .orElseGet(() -> builder.with(options).build());
    }

    private static EventBusOptions bus(PlatformConfig config) {
        EventBusOptions bus = new EventBusOptions()
                .setHost(config.cluster().host())
                .setPort(config.cluster().busPort());
        config.cluster().tls().ifPresent(tls -> secure(bus, tls));
        return bus;
    }

    // Both sides show a certificate of the same authority; names are not compared, for addresses come and go.
    private static void secure(EventBusOptions bus, BusTls tls) {
        bus.setSsl(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(tls.certificate().toString())
                        .setKeyPath(tls.key().toString()))
                .setTrustOptions(
                        new PemTrustOptions().addCertPath(tls.authority().toString()));
    }
}
