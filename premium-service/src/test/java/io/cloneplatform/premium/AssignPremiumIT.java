package io.cloneplatform.premium;

import static io.cloneplatform.premium.PremiumFixture.money;
import static io.cloneplatform.premium.PremiumFixture.naming;
import static io.cloneplatform.premium.PremiumFixture.offer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignPremiumIT {
    private static PremiumFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new PremiumFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void anOfferFreezesNothingAndSaysWhatAcceptingWould() {
        Member member = fixture.memberWith(150_000);
        JsonNode answer = fixture.assign(member, 5_000);
        assertThat(money(answer.at("/result/boostedCommission"))).isEqualTo(new Money(50_000));
        assertThat(answer.at("/result/frozen").asBoolean()).isFalse();
        assertThat(answer.at("/result/willFreezeOnAccept").asBoolean()).isTrue();
        assertThat(answer.at("/user/accountFrozen").asBoolean()).isFalse();
        assertThat(answer.at("/user/freezeReason").isNull()).isTrue();
        assertThat(money(answer.at("/user/balance"))).isEqualTo(new Money(150_000));
        assertThat(answer.at("/user/premiumAssignment/status").asText()).isEqualTo("offered");
        assertThat(answer.at("/user/premiumAssignment").has("freezes")).isFalse();
        assertThat(fixture.assign(member, 1_500)
                        .at("/result/willFreezeOnAccept")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void storesTheAssignmentUnderItsMember() {
        Member member = fixture.memberWith(0);
        String id =
                fixture.assign(member, 5_000).at("/user/premiumAssignment/id").asText();
        JsonNode stored = fixture.assignment(member, id);
        assertThat(stored.get("userId").asText()).isEqualTo(member.id().toString());
        assertThat(stored.get("userName").asText()).isEqualTo(member.name());
        assertThat(stored.get("userEmail").asText()).endsWith("@example.com");
        assertThat(stored.get("position").asInt()).isEqualTo(3);
        assertThat(stored.get("status").asText()).isEqualTo("offered");
        assertThat(stored.get("acceptedAt").isNull()).isTrue();
        assertThat(stored.get("endedAt").isNull()).isTrue();
        assertThat(Duration.between(
                        Instant.parse(stored.get("assignedAt").asText()),
                        Instant.parse(stored.get("expiresAt").asText())))
                .isEqualTo(Duration.ofDays(30));
        assertThat(fixture.user(member).at("/premiumAssignment/freezes").asBoolean(true))
                .isFalse();
    }

    @Test
    void takesNumbersAsStrings() {
        Member member = fixture.memberWith(0);
        JsonNode answer = fixture.admin(
                Addresses.PREMIUM_ASSIGN, offer(member).put("amount", "99.50").put("position", "7"));
        assertThat(money(answer.at("/user/premiumAssignment/amount"))).isEqualTo(new Money(9_950));
        assertThat(answer.at("/user/premiumAssignment/position").asInt()).isEqualTo(7);
        assertThat(money(answer.at("/result/boostedCommission"))).isEqualTo(new Money(995));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "0.001", "1000000.01", "1e7", "1e999999999", "1e-999999999"})
    void refusesAnAmountThatIsNoPositiveMoney(String amount) {
        Member member = fixture.memberWith(0);
        assertThat(fixture.refusedToAdmin(
                        Addresses.PREMIUM_ASSIGN, offer(member).put("amount", new BigDecimal(amount))))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(fixture.refusedToAdmin(
                        Addresses.PREMIUM_ASSIGN, offer(member).put("amount", amount)))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "1000001", "first", "", "9999999999999999999999"})
    void refusesAPositionThatIsNoWholeNumber(String position) {
        assertThat(fixture.refusedToAdmin(
                        Addresses.PREMIUM_ASSIGN, offer(fixture.memberWith(0)).put("position", position)))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void refusesMissingFieldsAndFieldsOfAnotherType() {
        Member member = fixture.memberWith(0);
        List<JsonNode> bodies = List.of(
                naming(member),
                naming(member).put("amount", 5),
                naming(member).put("position", 5),
                offer(member).put("amount", true),
                offer(member).set("amount", Json.object()),
                offer(member).putNull("position"));
        for (JsonNode body : bodies) {
            assertThat(fixture.refusedToAdmin(Addresses.PREMIUM_ASSIGN, body))
                    .as(body.toString())
                    .isEqualTo(ErrorCode.VALIDATION_FAILED);
        }
    }

    @Test
    void refusesAnUnknownMember() {
        Member nobody = new Member(Ids.next(), "nobody", null);
        assertThat(fixture.refusedToAdmin(Addresses.PREMIUM_ASSIGN, offer(nobody)))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(fixture.refusedToAdmin(
                        Addresses.PREMIUM_ASSIGN, offer(nobody).put("userId", "nobody")))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(fixture.refusedToAdmin(
                        Addresses.PREMIUM_ASSIGN, offer(nobody).putNull("userId")))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void refusesAMemberWhoseAccountWasRemoved() {
        Member member = fixture.memberWith(0);
        fixture.platform.execute("UPDATE member SET deleted_at = now() WHERE id = ?", member.id());
        assertThat(fixture.refusedToAdmin(Addresses.PREMIUM_ASSIGN, offer(member)))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aNewOneReplacesTheOpenOneAndItsFreeze() {
        Member member = fixture.memberWith(100);
        String first =
                fixture.assign(member, 5_000).at("/user/premiumAssignment/id").asText();
        fixture.accept(member);
        JsonNode second = fixture.assign(member, 6_000).get("user");
        assertThat(second.get("accountFrozen").asBoolean()).isFalse();
        assertThat(money(second.get("freezeAmount"))).isEqualTo(Money.ZERO);
        assertThat(fixture.assignment(member, first).get("status").asText()).isEqualTo("revoked");
        assertThat(fixture.assignment(member, first).get("endedAt").asText()).endsWith("Z");
        assertThat(money(fixture.user(member).at("/premiumAssignment/amount"))).isEqualTo(new Money(600_000));
    }

    @Test
    void oneWhoseTimeHadRunOutExpiresWhenItIsReplaced() {
        Member member = fixture.memberWith(100);
        String first =
                fixture.assign(member, 5_000).at("/user/premiumAssignment/id").asText();
        fixture.runOut(member);
        fixture.assign(member, 6_000);
        assertThat(fixture.assignment(member, first).get("status").asText()).isEqualTo("expired");
    }

    @Test
    void parallelOffersLeaveOneOpen() {
        Member member = fixture.memberWith(100);
        List<Future<Reply>> calls = IntStream.range(1, 9)
                .mapToObj(n -> fixture.sendAsAdmin(
                        Addresses.PREMIUM_ASSIGN, offer(member).put("amount", n)))
                .toList();
        assertThat(calls).allMatch(call -> call.await() instanceof Reply.Done);
        Object open = fixture.platform.single(
                "SELECT string_agg(value ->> 'id', ',') FROM kv_store_44a642d3 WHERE key LIKE ? AND status IN ('offered', 'active')",
                Keys.premium(member.id(), "%"));
        assertThat(fixture.user(member).at("/premiumAssignment/id").asText()).isEqualTo(open);
    }

    @Test
    void revokingEndsTheAssignmentAndItsFreeze() {
        Member member = fixture.memberWith(100);
        fixture.assign(member, 5_000);
        fixture.accept(member);
        JsonNode answer = fixture.admin(Addresses.PREMIUM_REVOKE, naming(member));
        assertThat(answer.get("message").asText()).isEqualTo("Premium assignment revoked.");
        assertThat(answer.at("/user/premiumAssignment").isNull()).isTrue();
        assertThat(answer.at("/user/accountFrozen").asBoolean()).isFalse();
        assertThat(fixture.user(member).has("premiumAssignment")).isFalse();
        assertThat(fixture.latestStatus(member)).isEqualTo("revoked");
    }

    @Test
    void revokingNeedsAnOpenAssignment() {
        Member member = fixture.memberWith(100);
        assertThat(fixture.refusedToAdmin(Addresses.PREMIUM_REVOKE, naming(member)))
                .isEqualTo(ErrorCode.NO_ACTIVE_ASSIGNMENT);
        assertThat(fixture.refusedToAdmin(Addresses.PREMIUM_REVOKE, naming(new Member(Ids.next(), "nobody", null))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(fixture.refusedToAdmin(Addresses.PREMIUM_REVOKE, Json.object()))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }
}
