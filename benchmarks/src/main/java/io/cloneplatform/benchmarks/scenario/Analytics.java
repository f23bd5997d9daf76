package io.cloneplatform.benchmarks.scenario;

import io.cloneplatform.benchmarks.load.Wrk;
import io.cloneplatform.benchmarks.measure.Scenario;
import io.cloneplatform.benchmarks.measure.Step;
import java.util.ArrayList;
import java.util.List;

/** Members look at what was computed from many rows, again and again. */
public final class Analytics {
    private static final List<String> PATHS = List.of(
            "/earnings",
            "/analytics/earnings",
            "/analytics/monthly-report",
            "/analytics/network",
            "/analytics/leaderboard");

    private Analytics() {}

    /** Every route of analytics, beside the earnings, which are read with one look-up. */
    public static Scenario of(Bench bench) throws InterruptedException {
        List<Step> steps = new ArrayList<>();
        for (String path : PATHS) {
            Wrk.Requests requests = Reads.requests(bench, path);
            steps.add(new Step("GET " + path, round -> bench.flatOut(requests)));
        }
        return new Scenario(steps, List.of());
    }
}
