package io.cloneplatform.common.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Makes the one registry of a process. */
public final class Registry {
    private Registry() {}

    /** A registry with the meters of statements, which the database client fills. */
    public static PrometheusMeterRegistry create() {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(
                PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, new Exemplars());
        StatementMeters.addTo(metrics);
        return metrics;
    }
}
