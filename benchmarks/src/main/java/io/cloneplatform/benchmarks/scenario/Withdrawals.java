package io.cloneplatform.benchmarks.scenario;

import io.cloneplatform.benchmarks.load.HashSpeed;
import io.cloneplatform.benchmarks.load.Wrk;
import io.cloneplatform.benchmarks.measure.Sample;
import io.cloneplatform.benchmarks.measure.Scenario;
import io.cloneplatform.benchmarks.measure.Step;
import io.cloneplatform.benchmarks.measure.Target;
import io.cloneplatform.benchmarks.seed.Seed;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Members request withdrawals and an admin approves them. The rates are of withdrawals, each a request and an approval;
 * the times are of either. A password is checked with each request: once with a hash that costs next to nothing, which is
 * what can be compared with a database alone, and once as the platform hashes, which can never be faster than hashing.
 */
public final class Withdrawals {
    private static final String CHEAP = "withdrawals, password hash without cost";
    private static final String BASELINE = "pgbench: two transactions for each withdrawal";
    private static final String REAL = "withdrawals";
    private static final String HASH = "Argon2 alone";

    // With more, requests would wait in front of the hashing for longer than they may.
    private static final int MAX_HASHING_CONNECTIONS = 16;

    private Withdrawals() {}

    /** Against two transactions each, and against hashing alone. */
    public static Scenario of(Bench bench, HashSpeed hashes) throws InterruptedException {
        Wrk.Requests cheap = withdraw(bench, "cheap", Seed::hasCheapHash);
        Wrk.Requests real = withdraw(bench, "real", member -> !Seed.hasCheapHash(member));
        int few = Math.min(MAX_HASHING_CONNECTIONS, bench.connections());
        return new Scenario(
                List.of(
                        new Step(CHEAP, round -> each(bench.flatOut(cheap))),
                        new Step(BASELINE, round -> bench.baseline("baseline/withdrawal.sql")),
                        new Step(REAL, round -> each(bench.wrk().flatOut(real, few, bench.seconds()))),
                        new Step(HASH, round -> hashes.measure(Seed.HASH, Seed.PASSWORD, bench.seconds()))),
                List.of(Target.ratio(CHEAP, BASELINE, 1.0), Target.ratio(REAL, HASH, 0.5)));
    }

    private static Wrk.Requests withdraw(Bench bench, String name, Predicate<Long> who) throws InterruptedException {
        List<Long> members =
                bench.site().anywhere().numbers().stream().filter(who).toList();
        String adminKey = bench.site().platform().adminKey();
        return new Wrk.Requests(
                "load/withdraw.lua",
                bench.site().tokens(name, members),
                Map.of("LOAD_ADMIN_KEY", adminKey, "LOAD_PASSWORD", Seed.PASSWORD));
    }

    private static Sample each(Sample requests) {
        return requests.withRate(requests.perSecond() / 2);
    }
}
