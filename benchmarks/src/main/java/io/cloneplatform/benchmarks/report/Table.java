package io.cloneplatform.benchmarks.report;

import io.cloneplatform.benchmarks.measure.Sample;
import io.cloneplatform.benchmarks.report.Results.StepResult;
import io.cloneplatform.benchmarks.report.Results.TargetResult;
import java.util.Locale;

/** Results for people. */
public final class Table {
    private static final int NAME_WIDTH = 88;

    private Table() {}

    /** Steps, targets and the books. */
    public static String of(Results results) {
        StringBuilder text = new StringBuilder("\n");
        line(
                text,
                "%-" + NAME_WIDTH + "s %10s %9s %9s %9s %7s",
                "Median of the rounds",
                "per s",
                "p50 ms",
                "p95 ms",
                "p99 ms",
                "errors");
        for (StepResult step : results.steps()) {
            step(text, step.name(), step.median());
        }
        line(text, "");
        line(text, "%-" + NAME_WIDTH + "s %12s %14s", "Target", "seen", "wanted");
        for (TargetResult target : results.targets()) {
            String seen = String.format(Locale.ROOT, "%.2f %s", target.seen(), target.unit());
            line(
                    text,
                    "%-" + NAME_WIDTH + "s %12s %14s  %s",
                    target.name(),
                    seen,
                    target.wanted(),
                    target.met() ? "met" : "MISSED");
        }
        line(text, "");
        line(
                text,
                "Load average %.1f before, %.1f after, on %d processors.",
                results.before().loadAverage(),
                results.after().loadAverage(),
                results.after().processors());
        line(text, "%s", books(results));
        return text.toString();
    }

    private static void step(StringBuilder text, String name, Sample median) {
        line(
                text,
                "%-" + NAME_WIDTH + "s %,10.0f %9.1f %9.1f %9.1f %7d",
                name,
                median.perSecond(),
                median.p50Ms(),
                median.p95Ms(),
                median.p99Ms(),
                median.errors());
        if (median.lateShare() != null && median.lateShare() > 0) {
            line(
                    text,
                    "  up to %.2f %% of its requests left late: the times above do not know",
                    100 * median.lateShare());
        }
    }

    private static String books(Results results) {
        return String.format(
                Locale.ROOT,
                "The books %s: %,d transfers, %,d accounts.",
                results.balanced()
                        ? "balance"
                        : "DO NOT BALANCE (" + results.books().path("problems") + ")",
                results.books().path("checkedTransfers").asLong(),
                results.books().path("checkedAccounts").asLong());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
