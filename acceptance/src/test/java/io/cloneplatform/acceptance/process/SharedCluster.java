package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

/**
 * One cluster on a database server of its own, for tests that leave it as it was: all processes run and serve. It is
 * started with the first of them, the process that signs members in last, since the order must not matter.
 */
final class SharedCluster {
    private static final String LAST = "auth-service";
    private static SharedCluster running;

    private final TestServer server = new TestServer();
    private final TestCluster cluster = new TestCluster(server.url());
    private final Duration eachStart;

    private SharedCluster() {
        long start = System.nanoTime();
        cluster.startAllBut(LAST);
        cluster.process("withdrawal-service").awaitReady();
        Waiting.until(Duration.ofSeconds(30), () -> "no gateway: " + cluster.process("gateway"), this::isDegraded);
        assertThat(cluster.process("gateway").ready()).as("ready without auth").isFalse();
        Api api = cluster.api();
        api.post("/signin", Map.of("email", "a@example.com", "password", "Password123"))
                .unavailable();
        api.as(TestCluster.ADMIN_KEY).get("/admin/withdrawals").unavailable();
        cluster.start(LAST);
        cluster.awaitReady();
        eachStart = Waiting.since(start).dividedBy(cluster.processes().size());
    }

    private boolean isDegraded() {
        try {
            return cluster.api().get("/health").status() == 503;
        } catch (java.io.UncheckedIOException e) {
            return false;
        }
    }

    static synchronized SharedCluster get() {
        if (running == null) {
            running = new SharedCluster();
            Runtime.getRuntime().addShutdownHook(new Thread(SharedCluster::end, "end-shared-cluster"));
        }
        return running;
    }

    /** Ends it, so that what comes next has the machine for itself. */
    static synchronized void end() {
        if (running != null) {
            running.cluster.close();
            running.server.close();
            running = null;
        }
    }

    TestServer server() {
        return server;
    }

    TestCluster cluster() {
        return cluster;
    }

    /** How long this machine took for each process, when all were started together. */
    Duration eachStart() {
        return eachStart;
    }
}
