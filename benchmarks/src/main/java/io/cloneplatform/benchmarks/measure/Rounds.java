package io.cloneplatform.benchmarks.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Measures step after step, round after round, so that what disturbs the machine disturbs all of them. */
public final class Rounds {
    private final List<Step> steps;
    private final Runnable before;
    private final Consumer<String> progress;

    /**
     * The steps of these scenarios, each once.
     *
     * @param before what is done before each measurement, so that all of them begin alike
     */
    public Rounds(Collection<Scenario> scenarios, Runnable before, Consumer<String> progress) {
        Map<String, Step> byName = new LinkedHashMap<>();
        scenarios.forEach(scenario -> scenario.steps().forEach(step -> byName.putIfAbsent(step.name(), step)));
        this.steps = List.copyOf(byName.values());
        this.before = before;
        this.progress = progress;
    }

    /** The names of the steps in their order. */
    public List<String> names() {
        return steps.stream().map(Step::name).toList();
    }

    /** Measures; one more round goes before the counted ones, to warm everything up. */
    public List<Round> measure(int counted) {
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i <= counted; i++) {
            Round round = measureOnce(i == 0 ? "warm-up" : "round " + i + "/" + counted);
            if (i > 0) {
                rounds.add(round);
            }
        }
        return rounds;
    }

    private Round measureOnce(String title) {
        Round round = new Round();
        for (Step step : steps) {
            before.run();
            Sample sample = step.measurement().apply(round);
            round.add(step.name(), sample);
            progress.accept(String.format(
                    Locale.ROOT,
                    "%-12s %-52s %,10.0f/s  p99 %8.1f ms%s",
                    title,
                    step.name(),
                    sample.perSecond(),
                    sample.p99Ms(),
                    sample.errors() == 0 ? "" : "  " + sample.errors() + " errors"));
        }
        return round;
    }

    /** The middle value of the rounds; of an even number of rounds the mean of the two in the middle. */
    public static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
