package io.cloneplatform.benchmarks.scenario;

import io.cloneplatform.benchmarks.measure.Sample;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a request costs in processor time, process by process. Those that spend next to nothing are left out. */
public final class Costs {
    private static final double NOTHING_MICROS = 1;

    private final Map<String, Supplier<Stream<ProcessHandle>>> processes;
    private final Consumer<String> progress;

    /**
     * Watches groups of processes.
     *
     * @param processes what is alive of each group, by name
     * @param progress is told the costs of each measurement
     */
    public Costs(Map<String, Supplier<Stream<ProcessHandle>>> processes, Consumer<String> progress) {
        this.processes = new LinkedHashMap<>(processes);
        this.progress = progress;
    }

    /** Measures, and says what each request of it cost. */
    Sample measure(Supplier<Sample> load, int seconds) {
        Map<String, Duration> before = spent();
        Sample sample = load.get();
        Map<String, Duration> after = spent();
        double requests = sample.perSecond() * seconds;
        progress.accept("             processor time for each: "
                + after.entrySet().stream()
                        .map(entry -> Map.entry(
                                entry.getKey(),
                                entry.getValue()
                                                .minus(before.get(entry.getKey()))
                                                .toNanos()
                                        / 1_000.0
                                        / requests))
                        .filter(cost -> cost.getValue() >= NOTHING_MICROS)
                        .map(cost -> String.format(Locale.ROOT, "%s %.0f us", cost.getKey(), cost.getValue()))
                        .collect(Collectors.joining(", ")));
        return sample;
    }

    private Map<String, Duration> spent() {
        Map<String, Duration> spent = new LinkedHashMap<>();
        processes.forEach((name, alive) -> spent.put(
                name,
                alive.get()
                        .flatMap(process -> process.info().totalCpuDuration().stream())
                        .reduce(Duration.ZERO, Duration::plus)));
        return spent;
    }
}
