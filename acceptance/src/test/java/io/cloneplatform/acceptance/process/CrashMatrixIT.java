package io.cloneplatform.acceptance.process;

import io.cloneplatform.acceptance.ledger.Journal;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/**
 * Members submit and request withdrawals, an admin decides about them, all under idempotency keys, while one process after
 * the other is killed and PostgreSQL crashes under them: nothing acknowledged is lost, nothing happens twice, and everything
 * answers again soon. {@link KillIT} does it to the all-in-one. {@code -Dcrash.rounds} says how often.
 */
@Tag("alone")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(600)
class CrashMatrixIT {
    static final int ROUNDS = Integer.getInteger("crash.rounds", "true".equals(System.getenv("CI")) ? 5 : 1);

    private static final Duration BACK_LIMIT = Duration.ofSeconds(10);
    private static final Duration WORK_LIMIT = Duration.ofSeconds(30);
    private static final List<String> AMONG_OTHERS = List.of("premium-service", "support-service", "auth-service");

    /** What shows that a process serves again. */
    private static final Map<String, String> ROUTES = Map.of(
            "gateway",
            "/earnings",
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
    private Duration backLimit;

    @BeforeAll
    void start() {
        SharedCluster shared = SharedCluster.get();
        server = shared.server();
        cluster = shared.cluster();
        // Ten seconds are for a machine that starts a process in two and a half; one that is busy with other things
        // takes longer.
        Duration each = shared.eachStart();
        backLimit = Stream.of(BACK_LIMIT, each.multipliedBy(4))
                .max(Duration::compareTo)
                .orElseThrow();
        System.out.println("Each process took " + each.toMillis() + " ms to start, the limit is " + backLimit);
    }

    @AfterAll
    void stop() {
        SharedCluster.end();
    }

    @Test
    void everyEffectHappensOnceWhateverCrashesUnderIt() {
        Api admin = cluster.api().as(TestCluster.ADMIN_KEY);
        long before = Journal.last(server.url());
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
            try (Journal journal = new Journal(server.url(), before)) {
                crowd.verify(journal);
            }
            System.out.println("Crashed " + ROUNDS + " times each: " + crowd);
        }
    }

    private static List<String> victims(int round) {
        List<String> victims = new ArrayList<>(List.of("gateway", "withdrawal-service"));
        victims.add(round % 2 == 0 ? "earnings-service" : TestCluster.SECOND_EARNINGS);
        if (ROUNDS > 1 && round < AMONG_OTHERS.size()) {
            victims.add(AMONG_OTHERS.get(round));
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
        List<String> routes = routesOf(what);
        Waiting.until(
                backLimit.minus(Waiting.since(start)),
                () -> what + " does not answer, but " + attempt(crowd.anyone(), routes.get(0)) + ": "
                        + cluster.process(what),
                () -> routes.stream().allMatch(route -> answers(crowd.anyone(), route)));
        Duration back = Waiting.since(start);
        crowd.awaitProgress(3, backLimit.minus(back));
        System.out.println(what + " crashed: answers after " + back.toMillis() + " ms, everybody's work goes on after "
                + Waiting.since(start).toMillis() + " ms");
    }

    /** Of a process its own; all of them depend on the database. */
    private List<String> routesOf(String what) {
        Set<String> running = cluster.processes().keySet();
        return (running.contains(what) ? Set.of(what) : running)
                .stream().map(ROUTES::get).distinct().toList();
    }

    private static boolean answers(Member member, String route) {
        return attempt(member, route).startsWith("200 ");
    }

    private static String attempt(Member member, String route) {
        try {
            Answer answer = member.api().get(route);
            return answer.status() + " " + answer.text();
        } catch (UncheckedIOException e) {
            return e.toString();
        }
    }
}
