package io.cloneplatform.common.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** Whole numbers as meters: Micrometer speaks in doubles, which code that handles money keeps away from. */
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
     * How often something happened.
     *
     * @return counts one more
     */
    public Runnable counter(String name, String description) {
        Counter counter = Counter.builder(name).description(description).register(metrics);
        return counter::increment;
    }

    /** How large something is whenever someone looks. */
    public void gauge(String name, String description, LongSupplier current) {
        Gauge.builder(name, current, LongSupplier::getAsLong)
                .description(description)
                .strongReference(true)
                .register(metrics);
    }
}
