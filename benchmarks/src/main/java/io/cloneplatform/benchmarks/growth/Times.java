package io.cloneplatform.benchmarks.growth;

import io.cloneplatform.benchmarks.measure.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How long the calls of one probe took on one side, round by round, and how many went wrong. */
final class Times {
    private static final double NANOS_PER_MS = 1e6;

    private final List<long[]> rounds = new ArrayList<>();
    private long errors;

    void add(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        rounds.add(sorted);
    }

    void addError() {
        errors++;
    }

    /** The medians of the rounds. */
    Sample sample() {
        return new Sample(
                0,
                median(round -> percentileMs(round, 50)),
                median(round -> percentileMs(round, 95)),
                median(round -> percentileMs(round, 99)),
                errors,
                null);
    }

    private double median(ToDoubleFunction<long[]> value) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The smallest time that so many percent of the calls did not exceed. */
    static double percentileMs(long[] sorted, int percent) {
        int rank = (sorted.length * percent + 99) / 100;
        return sorted[Math.max(0, rank - 1)] / NANOS_PER_MS;
    }
}
