package io.cloneplatform.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.auth.AuthService;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.earnings.EarningsService;
import io.cloneplatform.premium.PremiumService;
import io.cloneplatform.support.SupportService;
import io.cloneplatform.withdrawal.WithdrawalService;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The services serve what was imported as if it had always been here. */
class ImportedPlatformIT {
    private static final List<String> OWN = List.of(
            "auth.profile.get",
            "earnings.summary",
            "earnings.multilevel",
            "earnings.referrals",
            "earnings.products",
            "earnings.analytics",
            "earnings.network",
            "earnings.monthly-report",
            "earnings.bonuses",
            "earnings.bonus-history",
            "withdrawal.history",
            "premium.get",
            "support.tickets",
            "support.conversations");

    private static final ImportedSample SAMPLE = ImportedSample.get().copy();
    private static TestPlatform platform;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start(
                List.of(
                        new AuthService(),
                        new EarningsService(),
                        new WithdrawalService(),
                        new PremiumService(),
                        new SupportService()),
                "DATABASE_URL",
                SAMPLE.url());
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static JsonNode read(SampleMember member, String operation, Map<String, String> params) {
        String id = ImportedSample.id(member).toString();
        Caller caller = new Caller(Caller.Kind.MEMBER, id, "Member", null, Set.of(), "127.0.0.1");
        return platform.ok(operation, caller, params, null);
    }

    private static BigDecimal cents(long minor) {
        return BigDecimal.valueOf(minor, 2);
    }

    @Test
    void theBooksVerify() {
        JsonNode verified = platform.ok("earnings.ledger-verify", TestPlatform.admin(), Map.of(), null);
        assertThat(verified.get("problems")).isEmpty();
        assertThat(verified.get("balanced").booleanValue()).isTrue();
    }

    @Test
    void everyKindOfMemberIsServed() {
        for (SampleMember member : SAMPLE.members().subList(0, 130)) {
            OWN.forEach(operation -> assertThat(
                            read(member, operation, Map.of()).get("success").booleanValue())
                    .isTrue());
        }
    }

    @Test
    void earningsAreWhatTheyWere() {
        SampleMember parent =
                SAMPLE.first(member -> member.children().size() > 2 && member.pending() == 0 && !member.hasDebt());
        JsonNode earnings = read(parent, "earnings.summary", Map.of()).get("earnings");
        assertThat(earnings.get("balance").decimalValue()).isEqualByComparingTo(cents(parent.balance()));
        assertThat(earnings.get("totalEarned").decimalValue()).isEqualByComparingTo(cents(parent.earned()));
        assertThat(earnings.get("fromDirectChildren").decimalValue())
                .isEqualByComparingTo(cents(parent.fromChildren()));
        JsonNode referrals = read(parent, "earnings.referrals", Map.of());
        assertThat(referrals.get("totalSharedProfit").decimalValue())
                .isEqualByComparingTo(cents(parent.fromChildren()));
        assertThat(referrals.get("totalChildren").intValue())
                .isEqualTo(parent.children().size());
    }

    @Test
    void adminsSeeWhatWaitsForThem() {
        JsonNode queue = platform.ok("withdrawal.review-queue", TestPlatform.admin(), Map.of(), null);
        assertThat(queue.get("totalPending").intValue()).isPositive();
        assertThat(queue.get("totalAmount").decimalValue())
                .isEqualByComparingTo(cents(SAMPLE.number("SELECT sum(held) FROM ledger_account")));
        assertThat(platform.ok("premium.list", TestPlatform.admin(), Map.of(), null)
                        .get("total")
                        .intValue())
                .isPositive();
        assertThat(platform.ok("support.admin-tickets", TestPlatform.admin(), Map.of(), null)
                        .get("total")
                        .intValue())
                .isEqualTo(1);
        assertThat(platform.ok("support.admin-conversations", TestPlatform.admin(), Map.of(), null)
                        .get("total")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void ticketsAndChatsCanBeRead() {
        SampleMember owner = SAMPLE.members().get(0);
        JsonNode ticket = read(owner, "support.ticket-get", Map.of("id", "ticket_1740000000000_abc"));
        assertThat(ticket.at("/ticket/replies/0/userName").asText()).isEqualTo("Member 0");
        JsonNode messages = read(owner, "support.chat-messages", Map.of("conversationId", "chat-1"));
        assertThat(messages.get("messages").findValuesAsText("message")).containsExactly("Line 0", "Line 1", "Line 2");
    }

    @Test
    void nobodyCanSignInBeforeAnAdminSetsTheirPassword() {
        JsonNode body = TestPlatform.json("{'email':'m0@example.com','password':'secret 4'}");
        assertThat(platform.refused("auth.signin", Caller.anonymous("127.0.0.1"), Map.of(), body)
                        .status())
                .isEqualTo(401);
        Map<String, String> id =
                Map.of("id", ImportedSample.id(SAMPLE.members().get(0)).toString());
        platform.ok("auth.users.password", TestPlatform.admin(), id, TestPlatform.json("{'password':'secret 4'}"));
        JsonNode signedIn = platform.ok("auth.signin", Caller.anonymous("127.0.0.1"), Map.of(), body);
        assertThat(signedIn.at("/user/id").asText()).isEqualTo(id.get("id"));
    }
}
