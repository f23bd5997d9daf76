package io.cloneplatform.benchmarks.scenario;

import io.cloneplatform.benchmarks.load.Wrk;
import io.cloneplatform.benchmarks.measure.Scenario;
import io.cloneplatform.benchmarks.measure.Step;
import io.cloneplatform.benchmarks.measure.Target;
import java.util.List;

/** The same requests to one process that is all of the platform, and to a cluster of six, on the same machine. */
public final class Clustered {
    private static final double SHARE = 0.6;
    private static final String CLUSTERED = "clustered: ";

    private Clustered() {}

    /**
     * Reads of profiles, and submissions.
     *
     * @param cluster drives the gateway of the cluster
     * @param costs is told what each process spent
     */
    public static Scenario of(Bench bench, Wrk cluster, Costs costs) throws InterruptedException {
        Wrk.Requests profile = Reads.requests(bench, "/profile");
        Wrk.Requests submit = Submissions.requests(bench.anywhere());
        return new Scenario(
                List.of(
                        step(Reads.PROFILE, bench, bench.wrk(), profile, costs),
                        step(CLUSTERED + Reads.PROFILE, bench, cluster, profile, costs),
                        step(Submissions.ANYWHERE, bench, bench.wrk(), submit, costs),
                        step(CLUSTERED + Submissions.ANYWHERE, bench, cluster, submit, costs)),
                List.of(
                        Target.ratio(CLUSTERED + Reads.PROFILE, Reads.PROFILE, SHARE),
                        Target.ratio(CLUSTERED + Submissions.ANYWHERE, Submissions.ANYWHERE, SHARE)));
    }

    private static Step step(String name, Bench bench, Wrk wrk, Wrk.Requests requests, Costs costs) {
        return new Step(
                name,
                round -> costs.measure(
                        () -> wrk.flatOut(requests, bench.connections(), bench.seconds()), bench.seconds()));
    }
}
