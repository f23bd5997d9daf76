package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.ledger.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The primary is lost under load and its synchronous replica takes over, as a manager of PostgreSQL does it: the services
 * know one address, and are told nothing. Whatever was acknowledged is there, once.
 */
@Tag("faults")
@Timeout(300)
class FailoverIT {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);
    private static final Duration WORK_LIMIT = Duration.ofSeconds(30);
    private static final Duration BACK_LIMIT = Duration.ofSeconds(5);
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(20);
    private static final Duration AWHILE = Duration.ofSeconds(2);

    // A commit that waits for the replica does not notice that nobody waits for it any more.
    private static final String OUR_SESSIONS =
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE application_name LIKE 'clone-%' AND wait_event IS DISTINCT FROM 'SyncRep'
            """;

    private TestServer primary;
    private TestServer replica;
    private MovableAddress address;

    @BeforeEach
    void replicate() {
        primary = new TestServer();
        replica = primary.synchronousReplica();
        address = new MovableAddress("127.0.0.1", FreePorts.next(), primary.port());
    }

    @AfterEach
    void stop() {
        address.close();
        replica.close();
        primary.close();
    }

    @Test
    void whatWasAcknowledgedSurvivesTheLossOfThePrimary() {
        try (TestCluster cluster = new TestCluster(TestServer.url(address.port()))) {
            cluster.startAllBut();
            cluster.awaitReady();
            Api admin = cluster.api().as(TestCluster.ADMIN_KEY);
            try (Crowd crowd = new Crowd(cluster.api(), "failover", 3).reviewedBy(admin)) {
                List<Supplier<Answer>> routes = routes(crowd.anyone(), admin);
                crowd.start();
                crowd.awaitProgress(5, WORK_LIMIT);
                losePrimary(crowd, routes);
                replica.start();
                address.moveTo(replica.port());
                requireUnavailableInRecovery(cluster, routes);
                replica.promote();
                Duration back = Waiting.until(
                        BACK_LIMIT, () -> "not served: " + routes.get(0).get(), () -> routes.stream()
                                .allMatch(route -> route.get().status() == 200));
                cluster.awaitReady();
                crowd.awaitProgress(5, WORK_LIMIT);
                finish(crowd, admin);
                System.out.println("Failed over: " + crowd + ", back " + back.toMillis() + " ms after the promotion");
            }
        }
    }

    // What it commits without its replica is lost with it, so nobody may have been told.
    private void losePrimary(Crowd crowd, List<Supplier<Answer>> routes) {
        replica.stop();
        Waiting.pause(ANSWER_LIMIT.toMillis());
        int acknowledged = crowd.acknowledged();
        Waiting.pause(AWHILE.toMillis());
        assertThat(crowd.acknowledged()).as("acknowledged without the replica").isEqualTo(acknowledged);
        primary.crash("KILL");
        routes.forEach(route -> route.get().unavailable().within(ANSWER_LIMIT));
    }

    // It would answer reads, perhaps with less than what others were told.
    private static void requireUnavailableInRecovery(TestCluster cluster, List<Supplier<Answer>> routes) {
        for (int i = 0; i < 3; i++) {
            routes.forEach(route -> route.get().unavailable().within(ANSWER_LIMIT));
            Waiting.pause(AWHILE.toMillis() / 2);
        }
        cluster.processes()
                .forEach((name, process) -> assertThat(process.ready()).as(name).isFalse());
    }

    private static List<Supplier<Answer>> routes(Member member, Api admin) {
        return List.of(
                () -> member.api().get("/profile"),
                () -> member.api().get("/earnings"),
                () -> member.api().get("/withdrawals"),
                () -> member.api().get("/premium"),
                () -> member.api().get("/support-tickets"),
                () -> member.api().post("/support-tickets", Map.of("subject", "Hello", "message", "Anyone there?")),
                () -> admin.get("/admin/users"));
    }

    /** A machine that hangs, or is cut off, does not say good-bye: connections to it stay open, and nothing ever comes. */
    @Test
    void aPrimaryThatHangsIsLeftForItsReplica() {
        try (PlatformProcess platform = Launch.jar("standalone")
                .with("DATABASE_URL", TestServer.url(address.port()), "ADMIN_KEY", TestCluster.ADMIN_KEY)
                .start()
                .awaitReady()) {
            Api admin = platform.api().as(TestCluster.ADMIN_KEY);
            try (Crowd crowd = new Crowd(platform.api(), "hanging", 4).reviewedBy(admin)) {
                crowd.start();
                crowd.awaitProgress(5, WORK_LIMIT);
                long frozenAt = System.nanoTime();
                primary.freeze();
                Waiting.pause(AWHILE.toMillis());
                replica.promote();
                address.moveTo(replica.port());
                long start = System.nanoTime();
                crowd.awaitProgress(1, SILENCE_LIMIT);
                Waiting.until(BACK_LIMIT, () -> "not ready: " + platform, platform::ready);
                Duration left = Waiting.since(start);
                // Until the last connection to it is given up, even one half made, it would be read from: it is fenced.
                Waiting.pause(
                        Math.max(0, SILENCE_LIMIT.minus(Waiting.since(frozenAt)).toMillis()));
                primary.thaw();
                crowd.awaitProgress(5, WORK_LIMIT);
                assertThat(Sql.count(primary.url(), OUR_SESSIONS)).isZero();
                finish(crowd, admin);
                System.out.println("A primary that hangs was left after " + left.toMillis() + " ms: " + crowd);
            }
        }
    }

    private void finish(Crowd crowd, Api admin) {
        crowd.finish();
        crowd.verify(admin);
        try (Journal journal = new Journal(replica.url())) {
            crowd.verify(journal);
        }
    }
}
