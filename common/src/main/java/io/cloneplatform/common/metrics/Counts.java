package io.cloneplatform.common.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Whole numbers as meters: Micrometer speaks in doubles, which code that handles money keeps away from. Labels
 * are given as names and values in turn, and have few values each.
 */
public final class Counts {
    private final MeterRegistry metrics;

    public Counts(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /**
     * How large something is each time, with a bucket for each limit.
     *
     * @return takes each size
     */
    public LongConsumer sizes(String name, String description, long... limits) {
        DistributionSummary summary = DistributionSummary.builder(name)
                .description(description)
                .serviceLevelObjectives(LongStream.of(limits).asDoubleStream().toArray())
                .register(metrics);
        return summary::record;
    }

    /**
     * How long something takes each time, shown in seconds, with a bucket for each limit.
     *
     * @return takes each duration in nanoseconds
     */
    public LongConsumer durations(String name, String description, Duration[] limits, String... labels) {
        Timer timer = Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(limits)
                .tags(labels)
                .register(metrics);
        return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * How often something happened.
     *
     * @return counts one more
     */
    public Runnable counter(String name, String description, String... labels) {
        Counter counter =
                Counter.builder(name).description(description).tags(labels).register(metrics);
        return counter::increment;
    }

    /**
     * How much came together.
     *
     * @return adds a number that is not negative
     */
    public LongConsumer total(String name, String description, String... labels) {
        Counter counter =
                Counter.builder(name).description(description).tags(labels).register(metrics);
        return counter::increment;
    }

    /** How large something is whenever someone looks. */
    public void gauge(String name, String description, LongSupplier current) {
        Gauge.builder(name, current, LongSupplier::getAsLong)
                .description(description)
                .strongReference(true)
                .register(metrics);
    }

    /** How large something is, or NaN while nobody knows. */
    public void gauge(
            String name, String description, Supplier<? extends Optional<? extends Number>> current, String... labels) {
        Gauge.builder(name, () -> current.get().map(Number::doubleValue).orElse(Double.NaN))
                .description(description)
                .tags(labels)
                .strongReference(true)
                .register(metrics);
    }

    /** How long something takes or lasts whenever someone looks: given in nanoseconds, shown in seconds. */
    public void duration(String name, String description, LongSupplier nanos) {
        TimeGauge.builder(name, nanos::getAsLong, TimeUnit.NANOSECONDS)
                .description(description)
                .strongReference(true)
                .register(metrics);
    }
}
