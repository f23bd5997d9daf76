package io.cloneplatform.benchmarks.measure;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What is wanted of the median round.
 *
 * @param name what is compared
 * @param value its value in one round
 * @param limit the value that is just good enough
 * @param most whether the value may be at most the limit; else it must be at least that
 * @param unit what stands behind the value
 */
public record Target(String name, ToDoubleFunction<Round> value, double limit, boolean most, String unit) {
    /** One step's rate as a multiple of another's. */
    public static Target ratio(String step, String baseline, double atLeast) {
        return new Target(
                step + " / " + baseline,
                round -> round.of(step).perSecond() / round.of(baseline).perSecond(),
                atLeast,
                false,
                "x");
    }

    /** The time in which 99 of 100 requests of a step were answered. */
    public static Target p99(String step, double atMostMs) {
        return new Target(step + ": p99", round -> round.of(step).p99Ms(), atMostMs, true, "ms");
    }

    /** Whether a value is good enough. */
    public boolean isMet(double seen) {
        return most ? seen <= limit : seen >= limit;
    }

    /** The limit in words. */
    public String wanted() {
        return String.format(Locale.ROOT, "%s %.1f %s", most ? "<=" : ">=", limit, unit);
    }
}
