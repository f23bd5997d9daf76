package io.cloneplatform.benchmarks.scenario;

import io.cloneplatform.benchmarks.load.Pgbench;
import io.cloneplatform.benchmarks.load.Wrk;
import io.cloneplatform.benchmarks.measure.Sample;
import java.nio.file.Path;
import java.util.Map;

/**
 * What every scenario measures with.
 *
 * @param connections of each load generator
 * @param seconds that each measurement takes
 * @param submitters how many members' lines the baselines know
 * @param anywhere access tokens of members all over the tree
 * @param belowHub access tokens of members whom one member has invited
 */
public record Bench(
        Wrk wrk, Pgbench pgbench, int connections, int seconds, int submitters, Path anywhere, Path belowHub) {

    Sample flatOut(Wrk.Requests requests) {
        return wrk.flatOut(requests, connections, seconds);
    }

    Sample baseline(String script) {
        return pgbench.run(script, Map.of("submitters", submitters), connections, seconds);
    }
}
