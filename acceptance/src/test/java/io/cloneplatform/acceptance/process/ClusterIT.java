package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.contract.Scrape;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** Every service in a process of its own: whatever comes and goes, clients notice only what is really away. */
@Tag("alone")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class ClusterIT {
    private static final Duration NO_HANG = Duration.ofMillis(3_500);
    private static final Duration BACK_LIMIT = Duration.ofSeconds(15);
    private static final Duration NOTICED_LIMIT = Duration.ofSeconds(5);

    private TestCluster cluster;
    private Api api;
    private Api admin;
    private Member member;

    @BeforeAll
    void start() {
        cluster = SharedCluster.get().cluster();
        api = cluster.api();
        admin = api.as(TestCluster.ADMIN_KEY);
        member = Member.signUp(api, "cluster", null);
    }

    @BeforeEach
    void awaitHealth() {
        Waiting.until(
                BACK_LIMIT,
                () -> api.get("/health").toString(),
                () -> api.get("/health").status() == 200);
    }

    @Test
    void passesTheSmokeSuite() {
        try (PlatformProcess smoke = Launch.jar(
                        "cli", "smoke", "--url", api.base(), "--admin-key", TestCluster.ADMIN_KEY)
                .start()) {
            int exit = smoke.awaitExit(Duration.ofMinutes(1));
            assertThat(smoke.wholeOutput()).endsWith("27 passed, 0 failed");
            assertThat(exit).isZero();
        }
    }

    @Test
    void everyProcessShowsItsMetrics() {
        Map<String, String> own = new TreeMap<>();
        cluster.processes().forEach((name, process) -> {
            Answer metrics = process.launch().management().get("/metrics");
            assertThat(metrics.status()).as(name).isEqualTo(200);
            assertThat(metrics.header("content-type")).as(name).startsWith("text/plain; version=0.0.4");
            assertThat(metrics.text()).as(name).contains("# TYPE ", "jvm_memory_used_bytes{", "vertx_eventbus_");
            own.putAll(new Scrape(metrics.text()).own());
        });
        assertThat(own).isEqualTo(Scrape.documented());
    }

    @Test
    void neitherOfTwoProcessesShowsAMemberAnythingOldAfterAnAcknowledgedSubmission() {
        Member child = Member.signUp(api, "cluster-child", member);
        for (int i = 1; i <= 10; i++) {
            child.api()
                    .post("/submit-product", Map.of("productName", "Desk lamp", "productValue", 100))
                    .ok();
            // One read after another goes to one process after another.
            for (int read = 0; read < 2; read++) {
                assertThat(child.api().get("/earnings").ok().money("/earnings/balance"))
                        .isEqualByComparingTo(BigDecimal.valueOf(80L * i));
                assertThat(child.api().get("/analytics/earnings").ok().money("/trend/11/earned"))
                        .isEqualByComparingTo(BigDecimal.valueOf(80L * i));
                assertThat(child.api().get("/analytics/monthly-report").ok().money("/currentMonth/products"))
                        .isEqualByComparingTo(BigDecimal.valueOf(i));
            }
        }
    }

    @Test
    void aServiceThatStoppedTakesOnlyItsRoutesAlong() {
        cluster.process("support-service").stop();
        supportRoutes(answer -> answer.unavailable().within(NO_HANG));
        earningsRoutes(Answer::ok);
        withdrawalRoutes(Answer::ok);
        otherRoutes(Answer::ok);
        awaitDegraded();
        long start = System.nanoTime();
        cluster.start("support-service");
        Waiting.until(BACK_LIMIT, () -> "no support", () -> api.get("/faq").status() == 200);
        cluster.process("support-service").awaitReady();
        supportRoutes(Answer::ok);
        assertThat(Waiting.since(start)).isLessThan(BACK_LIMIT);
    }

    @Test
    void aServiceThatWasKilledNeverLetsClientsHang() {
        cluster.process("withdrawal-service").kill();
        withdrawalRoutes(answer -> answer.problem(503, 504).within(NO_HANG));
        withdrawalRoutes(answer -> answer.unavailable().within(NO_HANG));
        supportRoutes(Answer::ok);
        earningsRoutes(Answer::ok);
        otherRoutes(Answer::ok);
        awaitDegraded();
        cluster.start("withdrawal-service").awaitReady();
        withdrawalRoutes(Answer::ok);
    }

    @Test
    void oneOfTwoInstancesCanStopWhileEveryEffectHappensOnce() {
        try (Crowd crowd = new Crowd(api, "busy", 4)) {
            crowd.start();
            crowd.awaitProgress(10, BACK_LIMIT);
            cluster.process("earnings-service").stop();
            crowd.awaitProgress(10, BACK_LIMIT);
            cluster.start("earnings-service").awaitReady();
            crowd.awaitProgress(10, BACK_LIMIT);
            crowd.finish();
            crowd.verify(admin);
            System.out.println("One of two instances stopped: " + crowd);
        }
    }

    private void awaitDegraded() {
        Waiting.until(
                NOTICED_LIMIT,
                () -> api.get("/health").toString(),
                () -> api.get("/health").status() == 503);
        assertThat(api.get("/health").at("/status").asText()).isEqualTo("degraded");
    }

    private void supportRoutes(Consumer<Answer> expectation) {
        Map<String, String> ticket = Map.of("subject", "Hello", "message", "Is anyone there?");
        expectation.accept(member.api().get("/support-tickets"));
        expectation.accept(member.api().post("/support-tickets", ticket));
        expectation.accept(member.api().get("/chat/conversations"));
        expectation.accept(api.get("/faq"));
        expectation.accept(admin.get("/admin/support-tickets"));
    }

    private void withdrawalRoutes(Consumer<Answer> expectation) {
        admin.post("/admin/adjust-balance", Map.of("userId", member.id(), "amount", 5, "reason", "For a withdrawal"))
                .ok();
        Map<String, ?> request =
                Map.of("amount", new BigDecimal("1.25"), "withdrawalPassword", Member.WITHDRAWAL_PASSWORD);
        expectation.accept(member.api().get("/withdrawals"));
        expectation.accept(member.api().post("/withdrawals", request));
        expectation.accept(member.api().get("/withdrawal-history"));
        expectation.accept(admin.get("/admin/withdrawals"));
    }

    private void earningsRoutes(Consumer<Answer> expectation) {
        Map<String, ?> product = Map.of("productName", "Lamp", "productValue", 10);
        expectation.accept(member.api().post("/submit-product", product));
        expectation.accept(member.api().get("/earnings"));
        expectation.accept(admin.get("/admin/metrics"));
    }

    private void otherRoutes(Consumer<Answer> expectation) {
        expectation.accept(member.api().get("/profile"));
        expectation.accept(member.api().get("/premium"));
        expectation.accept(admin.get("/admin/premium/list"));
        expectation.accept(admin.get("/admin/users"));
    }
}
