package io.cloneplatform.benchmarks.scenario;

import io.cloneplatform.benchmarks.load.Wrk;
import io.cloneplatform.benchmarks.measure.Scenario;
import io.cloneplatform.benchmarks.measure.Step;
import io.cloneplatform.benchmarks.measure.Target;
import java.util.List;
import java.util.Map;

/** Members look at their profiles and earnings. */
public final class Reads {
    private static final String BASELINE = "pgbench: a look-up by key";
    static final String PROFILE = "GET /profile";
    private static final String EARNINGS = "GET /earnings";

    private Reads() {}

    /** Against looking up a member's document. */
    public static Scenario of(Bench bench) throws InterruptedException {
        return new Scenario(
                List.of(
                        new Step(BASELINE, round -> bench.baseline("baseline/read.sql")),
                        read(bench, PROFILE, "/profile"),
                        read(bench, EARNINGS, "/earnings")),
                List.of(Target.ratio(PROFILE, BASELINE, 0.5), Target.ratio(EARNINGS, BASELINE, 0.5)));
    }

    private static Step read(Bench bench, String name, String path) throws InterruptedException {
        Wrk.Requests requests = requests(bench, path);
        return new Step(name, round -> bench.flatOut(requests));
    }

    static Wrk.Requests requests(Bench bench, String path) throws InterruptedException {
        return new Wrk.Requests("load/read.lua", bench.anywhere(), Map.of("LOAD_PATH", path));
    }
}
