package io.cloneplatform.common.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the database client measures of each statement, as one histogram; what is slow is read from its buckets
 * when somebody looks, so that no statement pays for it.
 */
final class StatementMeters implements MeterFilter {
    private static final String OF_THE_CLIENT = "vertx.sql.processing.time";
    private static final String DURATION = "clone.db.statement.duration";
    private static final long SLOW_MS = 1_000;

    private StatementMeters() {}

    /** Adds them to a registry that has no meters yet. */
    static void addTo(MeterRegistry metrics) {
        metrics.config().meterFilter(new StatementMeters());
        FunctionCounter.builder("clone.db.slow.statements", metrics, StatementMeters::slow)
                .description("Statements that took longer than 1000 ms")
                .register(metrics);
    }

    private static long slow(MeterRegistry metrics) {
        return Optional.ofNullable(metrics.find(DURATION).timer())
                .map(StatementMeters::slow)
                .orElse(0L);
    }

    private static long slow(Timer statements) {
        return Arrays.stream(statements.takeSnapshot().histogramCounts())
                .filter(bucket -> bucket.bucket(TimeUnit.MILLISECONDS) == SLOW_MS)
                .mapToLong(bucket -> Math.max(0, statements.count() - fast(bucket)))
                .findFirst()
                .orElse(0);
    }

    private static long fast(CountAtBucket bucket) {
        return Math.round(bucket.count());
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().equals(OF_THE_CLIENT)
                ? new Meter.Id(DURATION, Tags.empty(), id.getBaseUnit(), "From a statement to its answer", id.getType())
                : id;
    }

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().equals(DURATION)
                ? DistributionStatisticConfig.builder()
                        .serviceLevelObjectives(Arrays.stream(Buckets.statements())
                                .mapToDouble(Duration::toNanos)
                                .toArray())
                        .build()
                        .merge(config)
                : config;
    }
}
