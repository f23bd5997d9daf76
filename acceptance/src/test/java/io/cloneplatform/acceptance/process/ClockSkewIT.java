package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/**
 * Processes whose clocks are four minutes ahead of and behind the others: tokens count, requests are answered
 * in time, what is sent twice happens once, and the journal keeps its order. The clocks are shifted by Debian's
 * faketime.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(180)
class ClockSkewIT {
    private static final long SKEW_SECONDS = 240;
    private static final Duration QUICK = Duration.ofSeconds(3);

    private final List<PlatformProcess> shifted = new ArrayList<>();
    private TestCluster cluster;
    private Api ahead;
    private Api behind;

    @BeforeAll
    void start() {
        Program.require("faketime");
        cluster = SharedCluster.get().cluster();
        PlatformProcess fast = gateway("+" + SKEW_SECONDS);
        PlatformProcess slow = gateway("-" + SKEW_SECONDS);
        ahead = fast.awaitReady().api();
        behind = slow.awaitReady().api();
    }

    // Without the last setting faketime lets Java's timed waits end at once.
    private PlatformProcess gateway(String skew) {
        Launch ordinary = cluster.launch("gateway");
        PlatformProcess process = new Launch(
                        ordinary.on(List.of("faketime", "--exclude-monotonic", "-f", skew + "s"), "127.0.0.1")
                                .command(),
                        ordinary.settings())
                .with("HTTP_PORT", Integer.toString(FreePorts.next()))
                .with("MANAGEMENT_PORT", Integer.toString(FreePorts.next()))
                .with("CLUSTER_PORT", Integer.toString(FreePorts.next()))
                .with("FAKETIME_FORCE_MONOTONIC_FIX", "0")
                .start();
        shifted.add(process);
        return process;
    }

    @AfterAll
    void stop() {
        shifted.forEach(PlatformProcess::close);
    }

    @Test
    void theClocksReallyDisagree() {
        assertThat(seconds(ahead) - seconds(cluster.api())).isBetween(SKEW_SECONDS - 2, SKEW_SECONDS + 5);
        assertThat(seconds(cluster.api()) - seconds(behind)).isBetween(SKEW_SECONDS - 5, SKEW_SECONDS + 5);
    }

    private static long seconds(Api api) {
        return ZonedDateTime.parse(api.get("/health").header("date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toEpochSecond();
    }

    @Test
    void tokensCountEverywhereAtOnceAndRevokingThemToo() {
        Member member = Member.signUp(cluster.api(), "skew", null);
        for (Api api : List.of(ahead, behind, cluster.api())) {
            api.as(member.token()).get("/profile").ok();
        }
        Member there = Member.signUp(behind, "skew-behind", null);
        ahead.as(there.token()).get("/profile").ok();
        cluster.api().as(there.token()).post("/signout", Map.of()).ok();
        for (Api api : List.of(ahead, behind)) {
            Waiting.until(
                    QUICK,
                    () -> "the session still counts",
                    () -> api.as(there.token()).get("/profile").status() == 401);
        }
    }

    @Test
    void everyRequestIsAnsweredInTimeAndHappensOnce() {
        Member member = Member.signUp(cluster.api(), "skew-money", null);
        Map<String, Object> lamp = Map.of("productName", "Lamp", "productValue", new BigDecimal("100"));
        String key = UUID.randomUUID().toString();
        for (Api api : List.of(ahead, behind, cluster.api(), ahead)) {
            api.as(member.token())
                    .send("POST", "/submit-product", lamp, key)
                    .ok()
                    .within(QUICK);
        }
        assertThat(behind.as(member.token()).get("/earnings").ok().money("/earnings/balance"))
                .isEqualByComparingTo("80");
        for (Api api : List.of(behind, ahead, cluster.api())) {
            api.as(member.token()).post("/submit-product", lamp).ok().within(QUICK);
        }
        assertThat(ahead.as(member.token()).get("/earnings").ok().money("/earnings/balance"))
                .isEqualByComparingTo("320");
    }

    @Test
    void theJournalKeepsItsOrderAndItsTime() {
        Member member = Member.signUp(cluster.api(), "skew-order", null);
        List<BigDecimal> values = new ArrayList<>();
        for (Api api : List.of(ahead, behind, cluster.api())) {
            BigDecimal value = BigDecimal.valueOf(10L * (values.size() + 1));
            values.add(0, value);
            api.as(member.token())
                    .post("/submit-product", Map.of("productName", "Lamp", "productValue", value))
                    .ok();
        }
        Answer booked = behind.as(TestCluster.ADMIN_KEY)
                .get("/admin/transactions?userId=" + member.id())
                .ok();
        List<BigDecimal> amounts = new ArrayList<>();
        booked.at("/transactions").forEach(one -> {
            amounts.add(one.path("amount").decimalValue());
            Instant at = Instant.parse(one.path("createdAt").asText());
            assertThat(Duration.between(at, Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
        });
        assertThat(amounts).usingElementComparator(BigDecimal::compareTo).isEqualTo(values);
    }
}
