package io.cloneplatform.earnings.bonus;

import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BonusIT {
    private static EarningsPlatform earnings;

    @BeforeAll
    static void start() {
        earnings = EarningsPlatform.start();
    }

    @AfterAll
    static void stop() {
        earnings.assertBooksBalance();
        earnings.close();
    }

    private static JsonNode named(String id) {
        return TestPlatform.json("{'bonusId':'" + id + "'}");
    }

    private static JsonNode claim(Member member, String id) {
        return earnings.platform().ok(Addresses.EARNINGS_BONUS_CLAIM, member.caller(), Map.of(), named(id));
    }

    private static Reply.Refused refusal(Member member, String id) {
        return earnings.platform().refusal(Addresses.EARNINGS_BONUS_CLAIM, member.caller(), Map.of(), named(id));
    }

    private static JsonNode bonus(Member member, String id) {
        return StreamSupport.stream(
                        earnings.read(Addresses.EARNINGS_BONUSES, member)
                                .get("bonuses")
                                .spliterator(),
                        false)
                .filter(bonus -> bonus.get("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Member withReferrals(int count) {
        Member member = earnings.member(null);
        IntStream.range(0, count).forEach(i -> earnings.member(member));
        return member;
    }

    @Test
    void paysAnEligibleBonusOnceByALedgerTransfer() {
        Member member = withReferrals(5);
        JsonNode answer = claim(member, "referral_5");
        assertThat(answer.get("message").asText()).isEqualTo("Bonus claimed: $25.00.");
        assertThat(minor(answer.get("newBalance"))).isEqualTo(2_500);
        assertThat(minor(answer.get("totalEarned"))).isEqualTo(2_500);
        Reply.Refused again = refusal(member, "referral_5");
        assertThat(again.code()).isEqualTo(ErrorCode.BONUS_ALREADY_CLAIMED);
        assertThat(earnings.platform().balance(member)).isEqualTo(2_500);
        assertThat(earnings.platform()
                        .number(
                                "SELECT count(*) FROM ledger_transfer WHERE kind = 'bonus' AND reference = ?",
                                member.id() + ":referral_5"))
                .isEqualTo(1);
        assertThat(minor(earnings.platform()
                        .document(Keys.bonus(member.id(), "referral_5"))
                        .get("amount")))
                .isEqualTo(2_500);
    }

    @Test
    void refusesOneThatIsNotEligibleAndKeepsItClaimable() {
        Member member = withReferrals(4);
        Reply.Refused refused = refusal(member, "referral_5");
        assertThat(refused.code()).isEqualTo(ErrorCode.BONUS_NOT_ELIGIBLE);
        assertThat(refused.message()).isEqualTo("Bonus not eligible yet");
        earnings.member(member);
        assertThat(minor(claim(member, "referral_5").get("newBalance"))).isEqualTo(2_500);
    }

    @Test
    void anUnknownBonusIsNotFound() {
        Member member = earnings.member(null);
        assertThat(refusal(member, "referral_7").code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(earnings.platform()
                        .refused(Addresses.EARNINGS_BONUS_CLAIM, member.caller(), Map.of("id", "nothing"), null))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(earnings.platform()
                        .refused(Addresses.EARNINGS_BONUS_CLAIM, member.caller(), Map.of(), TestPlatform.json("{}")))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void thePathMayNameTheBonus() {
        Member member = withReferrals(5);
        JsonNode answer = earnings.platform()
                .ok(Addresses.EARNINGS_BONUS_CLAIM, member.caller(), Map.of("id", "referral_5"), null);
        assertThat(minor(answer.get("newBalance"))).isEqualTo(2_500);
    }

    @Test
    void twentyClaimsAtOncePayOnce() {
        Member member = withReferrals(5);
        List<Future<Reply>> calls = IntStream.range(0, 20)
                .mapToObj(i -> earnings.platform()
                        .send(Addresses.EARNINGS_BONUS_CLAIM, member.caller(), Map.of(), named("referral_5"), null))
                .toList();
        List<Reply> replies = calls.stream().map(call -> call.await()).toList();
        assertThat(replies).filteredOn(reply -> reply instanceof Reply.Done).hasSize(1);
        assertThat(replies)
                .filteredOn(reply ->
                        reply instanceof Reply.Refused refused && refused.code() == ErrorCode.BONUS_ALREADY_CLAIMED)
                .hasSize(19);
        assertThat(earnings.platform().balance(member)).isEqualTo(2_500);
    }

    @Test
    void earningReachesTiersAndVolumes() {
        Member member = earnings.member(null);
        earnings.submit(member, "2500");
        assertThat(bonus(member, "tier_gold").get("status").asText()).isEqualTo("ready");
        assertThat(bonus(member, "tier_silver").get("eligible").asBoolean()).isTrue();
        assertThat(bonus(member, "volume_1k").get("status").asText()).isEqualTo("ready");
        assertThat(bonus(member, "tier_platinum").get("progress").asInt()).isEqualTo(40);
        assertThat(bonus(member, "volume_5k").get("status").asText()).isEqualTo("locked");
        assertThat(bonus(member, "products_10").get("progress").asInt()).isEqualTo(10);
    }

    @Test
    void theMonthlyVolumeCountsTheCurrentMonthOnly() {
        Member member = earnings.member(null);
        earnings.submit(member, "1250");
        earnings.platform().execute("SET ledger.posting = 'on'");
        String shift =
                "UPDATE ledger_month SET month = (month + make_interval(months => ?))::date WHERE account_id = ?";
        earnings.platform().execute(shift, -1, member.id());
        assertThat(bonus(member, "volume_1k").get("progress").asInt()).isZero();
        earnings.platform().execute(shift, 1, member.id());
        earnings.platform().execute("RESET ledger.posting");
        assertThat(bonus(member, "volume_1k").get("status").asText()).isEqualTo("ready");
    }

    @Test
    void networkDepthCountsTheTwoLevelsBelowTheDirectOnes() {
        List<Member> line = earnings.line(4);
        for (int i = 0; i < 2; i++) {
            earnings.member(line.get(1));
        }
        assertThat(bonus(line.get(0), "network_depth").get("progress").asInt()).isEqualTo(80);
        earnings.member(line.get(2));
        assertThat(bonus(line.get(0), "network_depth").get("status").asText()).isEqualTo("ready");
    }

    @Test
    void theListAddsUpWhatIsClaimableAndNamesTheNearest() {
        Member member = withReferrals(9);
        claim(member, "referral_5");
        JsonNode answer = earnings.read(Addresses.EARNINGS_BONUSES, member);
        assertThat(answer.get("bonuses")).hasSize(15);
        assertThat(answer.get("payouts")).isEqualTo(answer.get("bonuses"));
        assertThat(answer.at("/stats/totalClaimed").asInt()).isEqualTo(1);
        assertThat(answer.at("/stats/totalClaimable").asInt()).isZero();
        assertThat(minor(answer.at("/stats/totalEarned"))).isEqualTo(2_500);
        assertThat(answer.get("bonuses"))
                .filteredOn(bonus -> bonus.get("id").asText().equals("referral_5"))
                .singleElement()
                .satisfies(claimed ->
                        assertThat(claimed.get("eligible").asBoolean()).isFalse());
        assertThat(answer.at("/stats/nextBonus/id").asText()).isEqualTo("referral_10");
        earnings.member(member);
        assertThat(earnings.read(Addresses.EARNINGS_BONUSES, member)
                        .at("/stats/totalClaimable")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void theHistoryIsNewestFirstPageByPage() {
        Member member = withReferrals(10);
        claim(member, "referral_10");
        claim(member, "referral_5");
        JsonNode first = history(member, Map.of("limit", "1"));
        assertThat(first.at("/history/0/bonusId").asText()).isEqualTo("referral_5");
        assertThat(first.get("total").asInt()).isEqualTo(2);
        assertThat(minor(first.get("totalClaimed"))).isEqualTo(7_500);
        assertThat(first.at("/history/0/bonusName")).isEqualTo(first.at("/history/0/name"));
        assertThat(minor(first.at("/history/0/newBalance"))).isEqualTo(7_500);
        assertThat(first.at("/stats/totalBonusesEarned").asInt()).isEqualTo(2);
        assertThat(minor(first.at("/stats/totalBonusAmount"))).isEqualTo(7_500);
        assertThat(minor(first.at("/stats/averageBonusAmount"))).isEqualTo(3_750);
        assertThat(first.at("/stats/lastClaimed")).isEqualTo(first.at("/history/0/claimedAt"));
        JsonNode rest = history(
                member, Map.of("limit", "1", "cursor", first.get("nextCursor").asText()));
        assertThat(rest.at("/history/0/bonusId").asText()).isEqualTo("referral_10");
        assertThat(minor(rest.at("/history/0/newBalance"))).isEqualTo(5_000);
        assertThat(rest.at("/history/0/claimedAt").asText()).endsWith("Z");
        assertThat(rest.get("nextCursor").isNull()).isTrue();
    }

    private static JsonNode history(Member member, Map<String, String> params) {
        return earnings.platform().ok(Addresses.EARNINGS_BONUS_HISTORY, member.caller(), params, null);
    }
}
