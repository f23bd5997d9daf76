package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.ledger.Books;
import io.cloneplatform.acceptance.ledger.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL goes away under the running platform and comes back: clients are told in time, and no effect is lost. */
@Tag("alone")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(240)
class DatabaseTroubleIT {
    private static final String ADMIN_KEY = "database-admin-key-for-tests";
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);
    private static final Duration BACK_LIMIT = Duration.ofSeconds(5);
    private static final long AWHILE_MS = 1_000;
    private static final int PER_SECOND = 60;

    private TestServer server;
    private PlatformProcess platform;
    private Api api;
    private Api admin;
    private Member member;

    @BeforeAll
    void start() {
        server = new TestServer();
        platform = Launch.jar("standalone")
                .with("DATABASE_URL", server.url(), "ADMIN_KEY", ADMIN_KEY)
                .start()
                .awaitReady();
        api = platform.api();
        admin = api.as(ADMIN_KEY);
        member = Member.signUp(api, "trouble", null);
        // Enough for every withdrawal, whichever of the requests sent together comes first.
        member.api()
                .post("/submit-product", Map.of("productName", "Chest", "productValue", 100))
                .ok();
    }

    @AfterAll
    void stop() {
        if (platform != null) {
            platform.close();
        }
        server.close();
    }

    @Test
    void aStoppedDatabaseIsSaidInTimeAndNothingIsLostOrDoubled() {
        try (Crowd crowd = new Crowd(api, "outage", 6)) {
            crowd.start();
            crowd.awaitProgress(6, Duration.ofSeconds(20));
            server.stop();
            routes().forEach(route -> route.get().unavailable().within(ANSWER_LIMIT));
            awaitDegraded();
            together(routes()).forEach(answer -> answer.unavailable().within(ANSWER_LIMIT));
            server.start();
            Duration back = awaitBack();
            together(routes()).forEach(Answer::ok);
            crowd.awaitProgress(6, Duration.ofSeconds(20));
            crowd.finish();
            crowd.verify(admin);
            System.out.println("Database away: " + crowd + ", back after " + back.toMillis() + " ms");
        }
    }

    @Test
    void aDatabaseThatHangsLetsNobodyHang() {
        try (Crowd crowd = new Crowd(api, "hanging", 2)) {
            crowd.start();
            crowd.awaitProgress(3, Duration.ofSeconds(20));
            server.freeze();
            try {
                together(routes()).forEach(answer -> answer.problem(503, 504).within(ANSWER_LIMIT));
                awaitDegraded();
                together(routes()).forEach(answer -> answer.problem(503, 504).within(ANSWER_LIMIT));
            } finally {
                server.thaw();
            }
            awaitBack();
            crowd.awaitProgress(3, Duration.ofSeconds(20));
            crowd.finish();
            crowd.verify(admin);
        }
    }

    /** Stopped by SIGINT it ends every session with a word, by SIGQUIT without one, and has to recover before it serves. */
    @ParameterizedTest
    @ValueSource(strings = {"INT", "QUIT"})
    void aRestartUnderLoadIsSaidToClientsAndSoonOver(String signal) {
        try (Crowd crowd = new Crowd(api, "restart-" + signal.toLowerCase(Locale.ROOT), 2);
                Ingress ingress = new Ingress(List.of(platform.launch()));
                MixedTraffic traffic = new MixedTraffic(ingress, List.of(member))) {
            crowd.start();
            crowd.awaitProgress(3, Duration.ofSeconds(20));
            traffic.start(PER_SECOND);
            Waiting.pause(AWHILE_MS);
            traffic.takeFailures();
            server.crash(signal);
            server.start();
            Duration back = awaitBack();
            long backAt = System.nanoTime();
            Waiting.pause(AWHILE_MS);
            traffic.finish();
            List<MixedTraffic.Failure> failures = traffic.takeFailures();
            assertThat(failures)
                    .isNotEmpty()
                    .allSatisfy(failure -> failure.answered().unavailable().within(ANSWER_LIMIT))
                    .allSatisfy(failure -> assertThat(failure.sentAt()).isLessThan(backAt));
            crowd.awaitProgress(3, Duration.ofSeconds(20));
            crowd.finish();
            crowd.verify(admin);
            verify(traffic);
            System.out.println("Restarted by SIG" + signal + ": " + failures.size() + " requests failed, "
                    + traffic.served() + " did not, " + crowd + ", back after " + back.toMillis() + " ms");
        }
    }

    private void verify(MixedTraffic traffic) {
        try (Journal journal = new Journal(server.url())) {
            assertThat(journal.references("submission", "posted"))
                    .containsAll(traffic.submissions())
                    .doesNotHaveDuplicates();
            Books.read(journal).requireSound();
        }
    }

    private List<Supplier<Answer>> routes() {
        Map<String, ?> product = Map.of("productName", "Lamp", "productValue", 10);
        Map<String, ?> withdrawal = Map.of("amount", 1, "withdrawalPassword", Member.WITHDRAWAL_PASSWORD);
        Map<String, ?> ticket = Map.of("subject", "Hello", "message", "Is anyone there?");
        Map<String, ?> credentials = Map.of("email", member.email(), "password", Member.PASSWORD);
        return List.of(
                () -> api.post("/signin", credentials),
                () -> api.get("/faq"),
                () -> member.api().get("/profile"),
                () -> member.api().get("/earnings"),
                () -> member.api().post("/submit-product", product),
                () -> member.api().post("/withdrawals", withdrawal),
                () -> member.api().get("/withdrawals"),
                () -> member.api().post("/support-tickets", ticket),
                () -> member.api().get("/premium"),
                () -> admin.get("/admin/users"),
                () -> admin.get("/admin/withdrawals"),
                () -> admin.get("/admin/premium/list"),
                () -> admin.get("/admin/support-tickets"),
                () -> admin.get("/admin/ledger/verify"));
    }

    private static List<Answer> together(List<Supplier<Answer>> routes) {
        return routes.stream().map(CompletableFuture::supplyAsync).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private void awaitDegraded() {
        Waiting.until(
                BACK_LIMIT,
                () -> api.get("/health").toString(),
                () -> api.get("/health").status() == 503);
        Answer health = api.get("/health").within(ANSWER_LIMIT);
        assertThat(health.at("/status").asText()).as("status in %s", health).isEqualTo("degraded");
    }

    /** Everything works again, for everybody, without a restart. */
    private Duration awaitBack() {
        long start = System.nanoTime();
        Waiting.until(BACK_LIMIT, () -> member.api().get("/profile").toString(), () -> works("/profile"));
        Waiting.until(BACK_LIMIT, () -> api.get("/health").toString(), () -> works("/health"));
        Duration took = Waiting.since(start);
        assertThat(took).isLessThan(BACK_LIMIT);
        assertThat(platform.ready()).isTrue();
        return took;
    }

    private boolean works(String path) {
        return member.api().get(path).status() == 200;
    }
}
