package io.cloneplatform.benchmarks.scenario;

import io.cloneplatform.benchmarks.load.Wrk;
import io.cloneplatform.benchmarks.measure.Sample;
import io.cloneplatform.benchmarks.measure.Scenario;
import io.cloneplatform.benchmarks.measure.Step;
import io.cloneplatform.benchmarks.measure.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Members submit products. */
public final class Submissions {
    static final String ANYWHERE = "submissions";
    private static final String BASELINE = "pgbench: a transaction for each submission";
    private static final String AT_ONCE = "pgbench: the same transaction in one round trip";
    private static final String PACED = "submissions at 70 % of that rate";
    private static final String BELOW_HUB = "submissions below one upline";

    private static final double LOAD = 0.7;
    // So many that a place in the schedule rarely waits for a free one.
    private static final int PACED_CONNECTIONS_FACTOR = 4;

    private Submissions() {}

    /** From all over the tree, as fast as possible and at 70 % of that, against a transaction for each. */
    public static Scenario uniform(Bench bench) throws InterruptedException {
        Wrk.Requests requests = requests(bench.anywhere());
        return new Scenario(
                List.of(
                        new Step(ANYWHERE, round -> bench.flatOut(requests)),
                        new Step(BASELINE, round -> bench.baseline("baseline/submission.sql")),
                        new Step(AT_ONCE, round -> bench.baseline("baseline/submission-at-once.sql")),
                        new Step(
                                PACED,
                                round -> paced(
                                        bench,
                                        requests,
                                        LOAD * round.of(ANYWHERE).perSecond()))),
                List.of(
                        Target.ratio(ANYWHERE, BASELINE, 2.0),
                        Target.ratio(ANYWHERE, AT_ONCE, 1.0),
                        Target.p99(PACED, 50)));
    }

    /** All by members whom one member has invited, against the same from all over the tree. */
    public static Scenario hotUpline(Bench bench) throws InterruptedException {
        Wrk.Requests anywhere = requests(bench.anywhere());
        Wrk.Requests belowHub = requests(
                bench.site().tokens("below-hub", bench.site().belowHub().numbers()));
        return new Scenario(
                List.of(
                        new Step(ANYWHERE, round -> bench.flatOut(anywhere)),
                        new Step(BELOW_HUB, round -> bench.flatOut(belowHub))),
                List.of(Target.ratio(BELOW_HUB, ANYWHERE, 0.9)));
    }

    private static Sample paced(Bench bench, Wrk.Requests requests, double perSecond) {
        return bench.wrk().paced(requests, perSecond, PACED_CONNECTIONS_FACTOR * bench.connections(), bench.seconds());
    }

    static Wrk.Requests requests(Path tokens) {
        return new Wrk.Requests("load/submit.lua", tokens, Map.of());
    }
}
