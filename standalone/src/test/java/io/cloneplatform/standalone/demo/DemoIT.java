package io.cloneplatform.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.launch.Platform;
import io.cloneplatform.common.testing.TestDatabase;
import io.cloneplatform.standalone.Services;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo on all services, without the gateway. */
final class DemoIT {
    private static final ByteArrayOutputStream OUT = new ByteArrayOutputStream();
    private static Platform platform;
    private static DemoCalls calls;

    @BeforeAll
    static void seed() {
        PlatformConfig config = PlatformConfig.read(
                Map.of("HTTP_PORT", "0", "MANAGEMENT_PORT", "0", "DATABASE_URL", TestDatabase.create()));
        platform = Platform.start(
                config,
                "test",
                Services.all().stream()
                        .filter(service -> !service.name().equals("gateway"))
                        .toList());
        calls = new DemoCalls(platform.vertx());
        demo().seed();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void saysNothingButThatItWorks() {
        assertThat(OUT.toString(StandardCharsets.UTF_8).strip()).isEqualTo("Making the demo members and their doings");
    }

    @ParameterizedTest
    @CsvSource({"pending, 2", "approved, 1", "denied, 1", "cancelled, 1"})
    void withdrawalsAreThereInEveryState(String status, int count) {
        assertThat(asAdmin(Addresses.WITHDRAWAL_REVIEW_QUEUE, Map.of("status", status))
                        .path("total")
                        .asInt())
                .isEqualTo(count);
    }

    @Test
    void everyListOfAnAdminShowsSomething() {
        assertThat(asAdmin(Addresses.AUTH_USERS_LIST, Map.of()).path("total").asInt())
                .isEqualTo(7);
        assertThat(asAdmin(Addresses.AUTH_ACCOUNTS_LIST, Map.of()).path("total").asInt())
                .isEqualTo(1);
        assertThat(asAdmin(Addresses.EARNINGS_SUBMISSIONS, Map.of())
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(asAdmin(Addresses.PREMIUM_LIST, Map.of()).path("total").asInt())
                .isEqualTo(2);
        assertThat(asAdmin(Addresses.SUPPORT_ADMIN_TICKETS, Map.of())
                        .path("total")
                        .asInt())
                .isEqualTo(3);
        assertThat(asAdmin(Addresses.SUPPORT_ADMIN_CONVERSATIONS, Map.of())
                        .path("total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void theFirstMemberHasReferralsOnThreeLevelsBelow() {
        JsonNode ada = asAdmin(Addresses.AUTH_USERS_LIST, Map.of("search", "ada@demo.example.com"))
                .path("users")
                .path(0);
        Caller caller = DemoCalls.member(ada.path("id").asText(), "Ada King");
        JsonNode levels =
                calls.read(caller, Addresses.EARNINGS_NETWORK, Map.of()).path("networkByLevel");
        assertThat(levels).hasSize(3).allSatisfy(level -> assertThat(level.asInt())
                .isPositive());
    }

    @Test
    void theBooksBalance() {
        assertThat(asAdmin(Addresses.EARNINGS_LEDGER_VERIFY, Map.of())
                        .path("balanced")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aSecondTimeDoesNothing() {
        JsonNode before = asAdmin(Addresses.EARNINGS_METRICS, Map.of()).path("metrics");
        demo().seed();
        assertThat(asAdmin(Addresses.EARNINGS_METRICS, Map.of()).path("metrics"))
                .isEqualTo(before);
    }

    private static Demo demo() {
        return new Demo(platform.vertx(), new PrintStream(OUT, true, StandardCharsets.UTF_8));
    }

    private static JsonNode asAdmin(String operation, Map<String, String> params) {
        return calls.read(DemoCalls.ADMIN, operation, params);
    }
}
