package io.cloneplatform.benchmarks.scenario;

import io.cloneplatform.benchmarks.load.Pgbench;
import io.cloneplatform.benchmarks.load.Wrk;
import io.cloneplatform.benchmarks.measure.Sample;
import io.cloneplatform.benchmarks.seed.Site;
import java.nio.file.Path;

/**
 * What the scenarios measure, and with what.
 *
 * @param connections of each load generator
 * @param seconds that each measurement takes
 */
public record Bench(Site site, Wrk wrk, Pgbench pgbench, int connections, int seconds) {

    /** The access tokens of members all over the tree. */
    public Path anywhere() throws InterruptedException {
        return site.tokens("anywhere", site.anywhere().numbers());
    }

    Sample flatOut(Wrk.Requests requests) {
        return wrk.flatOut(requests, connections, seconds);
    }

    Sample baseline(String script) {
        return pgbench.run(script, site.anywhere().variables(), connections, seconds);
    }
}
