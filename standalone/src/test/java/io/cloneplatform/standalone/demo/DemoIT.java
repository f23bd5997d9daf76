package io.cloneplatform.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.json.Json;
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
        platform = start();
        calls = new DemoCalls(platform.vertx());
        assertThat(demo(platform, OUT).seed()).isTrue();
    }

    private static Platform start() {
        PlatformConfig config = PlatformConfig.read(
                Map.of("HTTP_PORT", "0", "MANAGEMENT_PORT", "0", "DATABASE_URL", TestDatabase.create()));
        return Platform.start(
                config,
                "test",
                Services.all().stream()
                        .filter(service -> !service.name().equals("gateway"))
                        .toList());
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

    @ParameterizedTest
    @CsvSource({
        "earnings.products, products",
        "earnings.statement, statement",
        "earnings.referrals, referrals",
        "earnings.leaderboard, leaderboard",
        "earnings.bonuses, bonuses",
        "earnings.bonus-history, history",
        "withdrawal.history, withdrawals",
        "support.tickets, tickets",
        "support.chat-messages, messages",
        "support.conversations, conversations",
        "support.faq, faqs"
    })
    void everyListOfTheFirstMemberShowsSomething(String operation, String list) {
        assertThat(calls.read(ada(), operation, Map.of()).path(list)).isNotEmpty();
    }

    @Test
    void leavesMembersAloneWhoAreNotOfTheDemo() {
        try (Platform other = start()) {
            DemoCalls real = new DemoCalls(other.vertx());
            ObjectNode joan = Json.object()
                    .put("email", "joan@example.com")
                    .put("password", "correct horse battery")
                    .put("name", "Joan");
            real.write(DemoCalls.ANYONE, Addresses.AUTH_SIGNUP, joan);
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            assertThat(demo(other, said).seed()).isFalse();
            assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("There are members already");
            assertThat(real.read(DemoCalls.ADMIN, Addresses.AUTH_USERS_LIST, Map.of())
                            .path("total")
                            .asInt())
                    .isEqualTo(1);
            assertThat(real.read(DemoCalls.ADMIN, Addresses.AUTH_ACCOUNTS_LIST, Map.of())
                            .path("total")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void theFirstMemberHasReferralsOnThreeLevelsBelow() {
        JsonNode levels =
                calls.read(ada(), Addresses.EARNINGS_NETWORK, Map.of()).path("networkByLevel");
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
        assertThat(demo(platform, OUT).seed()).isTrue();
        assertThat(asAdmin(Addresses.EARNINGS_METRICS, Map.of()).path("metrics"))
                .isEqualTo(before);
    }

    private static Caller ada() {
        JsonNode ada = asAdmin(Addresses.AUTH_USERS_LIST, Map.of("search", "ada@demo.example.com"))
                .path("users")
                .path(0);
        return DemoCalls.member(ada.path("id").asText(), "Ada King");
    }

    private static Demo demo(Platform on, ByteArrayOutputStream out) {
        return new Demo(on.vertx(), new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private static JsonNode asAdmin(String operation, Map<String, String> params) {
        return calls.read(DemoCalls.ADMIN, operation, params);
    }
}
