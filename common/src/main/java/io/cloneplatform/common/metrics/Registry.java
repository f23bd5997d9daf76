package io.cloneplatform.common.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Properties;

/** Makes the one registry of a process. */
public final class Registry {
    private static final PrometheusConfig CONFIG = new PrometheusConfig() {
        @Override
        public String get(String key) {
            return null;
        }

        // Exemplars on buckets and counters alone: a Prometheus before 2.43 refuses a page with any other.
        @Override
        public Properties prometheusProperties() {
            return new Properties();
        }
    };

    private Registry() {}

    /** A registry with the meters of statements, which the database client fills. */
    public static PrometheusMeterRegistry create() {
        PrometheusMeterRegistry metrics =
                new PrometheusMeterRegistry(CONFIG, new PrometheusRegistry(), Clock.SYSTEM, new Exemplars());
        StatementMeters.addTo(metrics);
        return metrics;
    }
}
