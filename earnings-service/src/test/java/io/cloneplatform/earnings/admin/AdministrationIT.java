package io.cloneplatform.earnings.admin;

import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AdministrationIT {
    private static EarningsPlatform earnings;

    @BeforeAll
    static void start() {
        earnings = EarningsPlatform.start("TIER_THRESHOLDS", "2000,5000,10000,20000");
    }

    @AfterAll
    static void stop() {
        earnings.assertBooksBalance();
        earnings.close();
    }

    private static ErrorCode refused(String address, String body) {
        return earnings.platform().refused(address, TestPlatform.admin(), Map.of(), TestPlatform.json(body));
    }

    private static String adjustment(Member member, String amount) {
        return "{'userId':'" + member.id() + "','amount':" + amount + ",'reason':'Correction'}";
    }

    @Test
    void tiersFollowTheConfiguration() {
        Member member = earnings.member(null);
        earnings.submit(member, "2400");
        assertThat(earnings.user(member).get("vipTier").asText()).isEqualTo("Normal");
        earnings.submit(member, "100");
        assertThat(earnings.user(member).get("vipTier").asText()).isEqualTo("Silver");
    }

    @Test
    void aTierSetByHandSticks() {
        Member member = earnings.member(null);
        JsonNode answer =
                earnings.asAdmin(Addresses.EARNINGS_VIP_TIER, "{'userId':'" + member.id() + "','vipTier':'Platinum'}");
        assertThat(answer.at("/user/vipTier").asText()).isEqualTo("Platinum");
        assertThat(answer.at("/user").has("premiumAssignment")).isTrue();
        assertThat(answer.get("message").asText()).isEqualTo("Tier set to Platinum.");
        earnings.submit(member, "5000");
        assertThat(earnings.user(member).get("vipTier").asText()).isEqualTo("Platinum");
    }

    @Test
    void tiersNeedAMemberAndATierThatExist() {
        Member member = earnings.member(null);
        assertThat(refused(Addresses.EARNINGS_VIP_TIER, "{'userId':'" + member.id() + "','vipTier':'Wood'}"))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(refused(Addresses.EARNINGS_VIP_TIER, "{'userId':'" + UUID.randomUUID() + "','vipTier':'Gold'}"))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refused(Addresses.EARNINGS_VIP_TIER, "{'userId':'x','vipTier':'Gold'}"))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void adjustsInBothDirectionsWithTheReasonInTheJournal() {
        Member member = earnings.member(null);
        JsonNode up = earnings.asAdmin(Addresses.EARNINGS_ADJUST_BALANCE, adjustment(member, "30.5"));
        assertThat(minor(up.get("newBalance"))).isEqualTo(3_050);
        assertThat(minor(up.at("/user/balance"))).isEqualTo(3_050);
        JsonNode down = earnings.asAdmin(Addresses.EARNINGS_ADJUST_BALANCE, adjustment(member, "-30.5"));
        assertThat(minor(down.get("newBalance"))).isZero();
        assertThat(minor(down.at("/adjustment/amount"))).isEqualTo(-3_050);
        assertThat(earnings.platform()
                        .single(
                                "SELECT memo FROM ledger_transfer WHERE id = ?",
                                UUID.fromString(down.at("/adjustment/id").asText())))
                .isEqualTo("Correction");
        assertThat(minor(earnings.user(member).get("totalEarned"))).isZero();
    }

    @Test
    void anAdjustmentNeverGoesBelowZeroNorTakesWhatIsHeld() {
        Member member = earnings.member(null);
        earnings.platform().credit(member, 1_000);
        assertThat(refused(Addresses.EARNINGS_ADJUST_BALANCE, adjustment(member, "-10.01")))
                .isEqualTo(ErrorCode.INSUFFICIENT_BALANCE);
        List<Future<Reply>> calls = IntStream.range(0, 8)
                .mapToObj(i -> earnings.platform()
                        .send(
                                Addresses.EARNINGS_ADJUST_BALANCE,
                                TestPlatform.admin(),
                                Map.of(),
                                TestPlatform.json(adjustment(member, "-3")),
                                null))
                .toList();
        assertThat(calls.stream().map(call -> call.await()).filter(reply -> reply instanceof Reply.Done))
                .hasSize(3);
        assertThat(earnings.platform().balance(member)).isEqualTo(100);
    }

    @Test
    void anAdjustmentNeedsAMemberAnAmountAndAReason() {
        Member member = earnings.member(null);
        assertThat(refused(Addresses.EARNINGS_ADJUST_BALANCE, adjustment(member, "0")))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(refused(Addresses.EARNINGS_ADJUST_BALANCE, "{'userId':'" + member.id() + "','amount':5}"))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(refused(
                        Addresses.EARNINGS_ADJUST_BALANCE,
                        "{'userId':'" + UUID.randomUUID() + "','amount':5,'reason':'x'}"))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void fundingIsRecordedOncePerReference() {
        JsonNode answer =
                earnings.asAdmin(Addresses.EARNINGS_FUNDING, "{'amount':1000,'reference':'statement 3, line 4'}");
        assertThat(minor(answer.get("platformFunds"))).isEqualTo(100_000);
        assertThat(refused(Addresses.EARNINGS_FUNDING, "{'amount':7,'reference':'statement 3, line 4'}"))
                .isEqualTo(ErrorCode.DUPLICATE_REFERENCE);
        assertThat(refused(Addresses.EARNINGS_FUNDING, "{'amount':0,'reference':'zero'}"))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(refused(Addresses.EARNINGS_FUNDING, "{'amount':5,'reference':' '}"))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
        List<Future<Reply>> calls = IntStream.range(0, 8)
                .mapToObj(i -> earnings.platform()
                        .send(
                                Addresses.EARNINGS_FUNDING,
                                TestPlatform.admin(),
                                Map.of(),
                                TestPlatform.json("{'amount':5,'reference':'at once'}"),
                                null))
                .toList();
        List<Reply> replies = calls.stream().map(call -> call.await()).toList();
        assertThat(replies).filteredOn(reply -> reply instanceof Reply.Done).hasSize(1);
        assertThat(replies)
                .filteredOn(reply ->
                        reply instanceof Reply.Refused refused && refused.code() == ErrorCode.DUPLICATE_REFERENCE)
                .hasSize(7);
    }
}
