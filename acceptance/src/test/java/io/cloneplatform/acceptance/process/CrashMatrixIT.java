package io.cloneplatform.acceptance.process;

import io.cloneplatform.acceptance.ledger.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/**
 * Members submit and request withdrawals, an admin decides about them, all under idempotency keys, while one process after
 * the other is killed and PostgreSQL crashes under them: nothing acknowledged is lost, nothing happens twice, and everything
 * answers again soon. {@link KillIT} does it to the all-in-one. {@code -Dcrash.rounds} says how often,
 * {@code -Dcrash.limit} how many seconds soon is on a machine that is busy with other things.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(600)
class CrashMatrixIT {
    static final int ROUNDS = Integer.getInteger("crash.rounds", "true".equals(System.getenv("CI")) ? 5 : 1);

    private static final Duration BACK_LIMIT = Duration.ofSeconds(Long.getLong("crash.limit", 10));
    private static final Duration WORK_LIMIT = Duration.ofSeconds(30);
    private static final List<String> AMONG_OTHERS = List.of("premium-service", "support-service", "auth-service");

    /** What shows that a process serves again. */
    private static final Map<String, String> ROUTES = Map.of(
            "gateway",
            "/health",
            "earnings-service",
            "/earnings",
            TestCluster.SECOND_EARNINGS,
            "/earnings",
            "withdrawal-service",
            "/withdrawals",
            "premium-service",
            "/premium",
            "support-service",
            "/support-tickets",
            "auth-service",
            "/profile");

    private TestServer server;
    private TestCluster cluster;

    @BeforeAll
    void start() {
        server = new TestServer();
        cluster = new TestCluster(server.url());
        cluster.startAllBut();
        cluster.awaitReady();
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
        server.close();
    }

    @Test
    void everyEffectHappensOnceWhateverCrashesUnderIt() {
        Api admin = cluster.api().as(TestCluster.ADMIN_KEY);
        try (Crowd crowd = new Crowd(cluster.api(), "crash", 3).reviewedBy(admin)) {
            crowd.start();
            crowd.awaitProgress(3, WORK_LIMIT);
            for (int round = 0; round < ROUNDS; round++) {
                for (String victim : victims(round)) {
                    crash(crowd, victim, () -> killAndStartAgain(victim));
                    cluster.awaitReady();
                }
                String signal = round % 2 == 0 ? "KILL" : "QUIT";
                crash(crowd, "PostgreSQL, SIG" + signal, () -> crashAndStartAgain(signal));
            }
            crowd.finish();
            crowd.verify(admin);
            try (Journal journal = new Journal(server.url())) {
                crowd.verify(journal);
            }
            System.out.println("Crashed " + ROUNDS + " times each: " + crowd);
        }
    }

    private static List<String> victims(int round) {
        List<String> victims = new ArrayList<>(List.of("gateway", "withdrawal-service"));
        victims.add(round % 2 == 0 ? "earnings-service" : TestCluster.SECOND_EARNINGS);
        if (ROUNDS > 1) {
            victims.add(AMONG_OTHERS.get(round % AMONG_OTHERS.size()));
        }
        return victims;
    }

    private void killAndStartAgain(String victim) {
        cluster.process(victim).kill();
        cluster.start(victim);
    }

    private void crashAndStartAgain(String signal) {
        server.crash(signal);
        server.start();
    }

    /** Within the limit everything answers again, to those who ask and to those at work. */
    private void crash(Crowd crowd, String what, Runnable crash) {
        long start = System.nanoTime();
        crash.run();
        List<String> routes = ROUTES.containsKey(what) ? List.of(ROUTES.get(what)) : List.copyOf(ROUTES.values());
        BooleanSupplier answered = () -> routes.stream().allMatch(route -> answers(crowd.anyone(), route));
        Waiting.until(
                BACK_LIMIT.minus(Waiting.since(start)),
                () -> what + " does not answer: " + cluster.process(what),
                answered);
        Duration back = Waiting.since(start);
        crowd.awaitProgress(3, BACK_LIMIT.minus(back));
        System.out.println(what + " crashed: answers after " + back.toMillis() + " ms, everybody's work goes on after "
                + Waiting.since(start).toMillis() + " ms");
    }

    private static boolean answers(Member member, String route) {
        try {
            return member.api().get(route).status() == 200;
        } catch (java.io.UncheckedIOException e) {
            return false;
        }
    }
}
