package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.ledger.Books;
import io.cloneplatform.acceptance.ledger.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two hosts with every service each lose sight of each other and meet again: nothing is restarted, nothing happens twice. */
@Tag("faults")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(600)
class PartitionIT {
    private static final Duration HEAL_LIMIT = Duration.ofSeconds(30);
    private static final Duration ALONE_LIMIT = Duration.ofSeconds(15);
    private static final Duration CALM = Duration.ofSeconds(3);
    private static final Duration UNREADY_LIMIT = Duration.ofSeconds(20);
    private static final Duration ANEW_LIMIT = Duration.ofSeconds(60);
    private static final String CLUSTER_PORT = "5701";
    private static final int BUS_PORT = 15_701;
    private static final List<String> SERVICES = List.of(
            "gateway", "auth-service", "earnings-service", "withdrawal-service", "premium-service", "support-service");

    private final List<List<PlatformProcess>> processes = new ArrayList<>();
    private Hosts hosts;
    private MovableAddress database;
    private TestServer server;
    private Member member;
    private String failed;

    @BeforeAll
    void start() {
        boolean possible = Hosts.possible();
        if (!"true".equals(System.getenv("CI"))) {
            Assumptions.assumeTrue(possible, "network namespaces need root and iproute2; partitions were not tried");
        }
        assertThat(possible)
                .as("network namespaces can be made, which CI=true asks for")
                .isTrue();
        hosts = new Hosts(2);
        server = new TestServer();
        // It listens on 127.0.0.1 alone, which other hosts do not reach.
        database = new MovableAddress(Hosts.HUB, server.port(), server.port());
        String url = server.url().replace("127.0.0.1", Hosts.HUB);
        for (int host = 0; host < 2; host++) {
            processes.add(startAll(host, url));
            processes.get(host).forEach(PlatformProcess::awaitReady);
        }
        member = Member.signUp(gateway(0), "divided", null);
        assertServes(0);
        assertServes(1);
    }

    private static List<PlatformProcess> startAll(int host, String database) {
        String address = Hosts.address(host);
        List<PlatformProcess> started = new ArrayList<>();
        int clusterPort = Integer.parseInt(CLUSTER_PORT);
        for (String service : SERVICES) {
            started.add(Launch.jar(service)
                    .on(Hosts.on(host), address)
                    .with("DATABASE_URL", database, "CLUSTER", "tcp", "CLUSTER_HOST", address)
                    .with("CLUSTER_PORT", Integer.toString(clusterPort++), "CLUSTER_MEMBERS", members())
                    .with("ADMIN_KEY", TestCluster.ADMIN_KEY)
                    .with("CLUSTER_BUS_PORT", Integer.toString(BUS_PORT + started.size()))
                    .start());
        }
        return started;
    }

    private static String members() {
        List<String> members = new ArrayList<>();
        for (int host = 0; host < 2; host++) {
            for (int i = 0; i < SERVICES.size(); i++) {
                members.add(Hosts.address(host) + ":" + (Integer.parseInt(CLUSTER_PORT) + i));
            }
        }
        return String.join(",", members);
    }

    private Api gateway(int host) {
        return processes.get(host).get(0).api();
    }

    private void assertServes(int host) {
        Api api = gateway(host).as(member.token());
        for (String path : List.of("/profile", "/earnings", "/withdrawals", "/premium", "/support-tickets")) {
            api.get(path).ok();
        }
        api.send(
                        "POST",
                        "/submit-product",
                        Map.of("productName", "Lamp", "productValue", 1),
                        UUID.randomUUID().toString())
                .ok();
    }

    @AfterAll
    void stop() {
        if (hosts == null) {
            return;
        }
        processes.forEach(onHost -> onHost.forEach(PlatformProcess::close));
        try (Journal journal = new Journal(server.url())) {
            Books.read(journal).requireSound();
        }
        database.close();
        server.close();
        hosts.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 90})
    void bothSidesServeAloneAndTogetherAgain(int seconds) {
        hosts.isolate(true);
        long start = System.nanoTime();
        long end = start + Duration.ofSeconds(seconds).toNanos();
        Duration alone = Waiting.until(ALONE_LIMIT, () -> "not both serve alone: " + failed, this::bothServe);
        System.out.println("Both sides serve alone after " + alone.toMillis() + " ms");
        // Until then a side may still find out that the other is gone, and mend what it took along.
        Waiting.pause(ALONE_LIMIT.minus(Waiting.since(start)).toMillis());
        while (System.nanoTime() < end) {
            assertServes(0);
            assertServes(1);
            Waiting.pause(500);
        }
        hosts.isolate(false);
        Duration healed = Waiting.until(
                HEAL_LIMIT, () -> "not one cluster: " + sizes() + ", " + failed, () -> oneCluster() && bothServe());
        System.out.println("Apart for " + seconds + " s, one cluster again after " + healed.toMillis() + " ms");
        Waiting.pause(CALM.toMillis());
        for (int i = 0; i < 20; i++) {
            assertServes(i % 2);
        }
        processes.forEach(onHost -> onHost.forEach(
                process -> assertThat(process.ready()).as("%s", process).isTrue()));
    }

    @Test
    void aProcessThatOthersDoNotReachIsLeftOutAndStartsAnew() {
        int earnings = SERVICES.indexOf("earnings-service");
        PlatformProcess unreached = processes.get(1).get(earnings);
        hosts.block(1, BUS_PORT + earnings, true);
        try {
            Duration unready =
                    Waiting.until(UNREADY_LIMIT, () -> "still ready: " + unreached, () -> !unreached.ready());
            Waiting.until(ALONE_LIMIT, () -> "not served elsewhere: " + failed, this::bothServe);
            Duration anew = Waiting.until(ANEW_LIMIT, () -> "does not start anew: " + unreached, () -> unreached
                    .output()
                    .contains("earnings starts anew"));
            System.out.println("Not reached: unready after " + unready.toMillis() + " ms, starts anew "
                    + anew.toMillis() + " ms later");
        } finally {
            hosts.block(1, BUS_PORT + earnings, false);
        }
        Waiting.until(
                HEAL_LIMIT,
                () -> "not one cluster: " + sizes() + ", " + failed,
                () -> unreached.ready() && oneCluster() && bothServe());
    }

    private boolean bothServe() {
        try {
            assertServes(0);
            assertServes(1);
            return true;
        } catch (AssertionError | java.io.UncheckedIOException e) {
            failed = e.getMessage();
            return false;
        }
    }

    // What one host's service does must reach the other host's gateway: its own may not be there.
    private boolean oneCluster() {
        return sizes().stream().allMatch(size -> size.equals(2.0 * SERVICES.size()));
    }

    /** How many processes each process sees. */
    private List<Double> sizes() {
        return processes.stream()
                .flatMap(List::stream)
                .map(process -> process.launch().management().get("/metrics").text())
                .map(metrics -> metrics.replaceFirst("(?s).*\nclone_cluster_processes (\\S+)\n.*", "$1"))
                .map(Double::valueOf)
                .toList();
    }
}
