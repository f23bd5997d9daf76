package io.cloneplatform.earnings.submit;

import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SubmitProductIT {
    private static EarningsPlatform earnings;

    @BeforeAll
    static void start() {
        earnings = EarningsPlatform.start("REVIEW_THRESHOLD", "1000", "DAILY_CREDIT_CAP", "2500");
    }

    @AfterAll
    static void stop() {
        earnings.assertBooksBalance();
        earnings.close();
    }

    private static JsonNode document(Member member, JsonNode answer) {
        return earnings.platform()
                .document(Keys.product(member.id(), answer.at("/product/id").asText()));
    }

    @Test
    void creditsTheWholeLineToTheCent() {
        List<Member> line = earnings.line(4);
        JsonNode answer = earnings.submit(line.get(3), "99.99");
        assertThat(minor(answer.get("newBalance"))).isEqualTo(7999);
        assertThat(minor(answer.at("/product/userEarned"))).isEqualTo(7999);
        assertThat(answer.at("/product/status").asText()).isEqualTo("credited");
        assertThat(line.stream().map(earnings.platform()::balance)).containsExactly(500L, 500L, 1000L, 7999L);
        assertThat(answer.at("/product/commissionsCascade"))
                .extracting(
                        share -> share.get("level").asInt(),
                        share -> share.get("userId").asText(),
                        share -> share.get("parentId").asText(),
                        share -> share.get("userName").asText(),
                        share -> minor(share.get("amount")))
                .map(Object::toString)
                .hasSize(3)
                .first()
                .asString()
                .contains("1, ", line.get(2).id().toString(), line.get(2).name(), "1000");
    }

    @Test
    void thePlatformKeepsTheSharesOfMissingAncestors() {
        long before = earnings.platformShares();
        List<Member> line = earnings.line(2);
        JsonNode answer = earnings.submit(line.get(1), "100");
        assertThat(answer.at("/product/commissionsCascade")).hasSize(1);
        assertThat(earnings.platform().balance(line.get(0))).isEqualTo(1000);
        assertThat(earnings.platformShares() - before).isEqualTo(1000);
    }

    @Test
    void anAncestorWhoLeftIsMissing() {
        List<Member> line = earnings.line(3);
        earnings.platform()
                .execute(
                        "UPDATE member SET deleted_at = now() WHERE id = ?",
                        line.get(1).id());
        JsonNode answer = earnings.submit(line.get(2), "100");
        assertThat(answer.at("/product/commissionsCascade"))
                .extracting(share -> share.get("level").asInt())
                .containsExactly(2);
        assertThat(earnings.platform().balance(line.get(1))).isZero();
        assertThat(earnings.platform().balance(line.get(0))).isEqualTo(500);
    }

    @Test
    void keepsTheDocumentOperatorsQuery() {
        Member member = earnings.member(earnings.member(null));
        JsonNode document = document(member, earnings.submit(member, "12.5"));
        assertThat(document.get("userId").asText()).isEqualTo(member.id().toString());
        assertThat(document.get("userName").asText()).isEqualTo(member.name());
        assertThat(document.get("userEmail").asText()).endsWith("@example.com");
        assertThat(minor(document.get("value"))).isEqualTo(1250);
        assertThat(document.get("commissions")).hasSize(1);
        assertThat(document.get("premium").asBoolean()).isFalse();
        assertThat(document.get("createdAt").asText()).endsWith("Z");
        assertThat(earnings.platform()
                        .number(
                                "SELECT 100 * amount FROM kv_store_44a642d3 WHERE user_id = ? AND status = 'credited' AND key LIKE 'product:%'",
                                member.id().toString()))
                .isEqualTo(1250);
        assertThat(earnings.user(member).get("productsSubmitted").asInt()).isEqualTo(1);
    }

    @Test
    void addsUpWhatAMemberBroughtTheParent() {
        List<Member> line = earnings.line(2);
        earnings.submit(line.get(1), "100");
        earnings.submit(line.get(1), "12.5");
        JsonNode link = earnings.platform()
                .document(Keys.referral(line.get(0).id(), line.get(1).id()));
        assertThat(link.get("totalSharedProfit").asText()).isEqualTo("11.25");
        assertThat(link.get("lastProductAt").asText()).endsWith("Z");
    }

    @Test
    void creditsUpToTheReviewThresholdAndNotACentMore() {
        Member member = earnings.member(null);
        assertThat(earnings.submit(member, "1000").at("/product/status").asText())
                .isEqualTo("credited");
        JsonNode answer = earnings.submit(member, "1000.01");
        assertThat(answer.at("/product/status").asText()).isEqualTo("pending_review");
        assertThat(minor(answer.at("/product/userEarned"))).isZero();
        assertThat(answer.at("/product/commissionsCascade")).isEmpty();
        assertThat(minor(answer.get("newBalance"))).isEqualTo(80_000);
        assertThat(earnings.platform().balance(member)).isEqualTo(80_000);
        assertThat(document(member, answer).get("status").asText()).isEqualTo("pending_review");
    }

    @Test
    void creditsUpToTheDailyCapAndTakesSmallerOnesThatStillFit() {
        Member member = earnings.member(null);
        assertThat(List.of("1000", "1000", "500.01", "500", "0.01"))
                .extracting(value ->
                        earnings.submit(member, value).at("/product/status").asText())
                .containsExactly("credited", "credited", "pending_review", "credited", "pending_review");
        assertThat(earnings.platform().balance(member)).isEqualTo(200_000);
    }

    @Test
    void theCapIsEachMembersOwn() {
        List<Member> line = earnings.line(2);
        for (Member member : List.of(line.get(0), line.get(1))) {
            earnings.submit(member, "1000");
            earnings.submit(member, "1000");
            assertThat(earnings.submit(member, "500").at("/product/status").asText())
                    .isEqualTo("credited");
        }
    }

    @Test
    void yesterdaysCreditsDoNotUseUpTodaysCap() {
        Member member = earnings.member(null);
        earnings.platform()
                .execute(
                        "INSERT INTO earnings_day VALUES (?, (now() AT TIME ZONE 'UTC')::date - 1, 250000)",
                        member.id());
        assertThat(earnings.submit(member, "1000").at("/product/status").asText())
                .isEqualTo("credited");
    }

    @Test
    void aKeyIsCreditedOnce() {
        Member member = earnings.member(null);
        Reply first = keyed(member);
        Reply second = keyed(member);
        assertThat(second.replayed()).isTrue();
        assertThat(((Reply.Done) second).body()).isEqualTo(((Reply.Done) first).body());
        assertThat(earnings.platform().balance(member)).isEqualTo(4_000);
    }

    private static Reply keyed(Member member) {
        return earnings.platform()
                .send(Addresses.EARNINGS_SUBMIT, member.caller(), Map.of(), EarningsPlatform.product("50"), "key-1")
                .await();
    }

    @Test
    void refusesWhatIsNotAProduct() {
        Member member = earnings.member(null);
        for (String body : List.of(
                "{}",
                "{'productName':'x'}",
                "{'productValue':5}",
                "{'productName':'  ','productValue':5}",
                "{'productName':'" + "x".repeat(201) + "','productValue':5}",
                "{'productName':'a\\u0000b','productValue':5}",
                "{'productName':'x','productValue':0}",
                "{'productName':'x','productValue':-1}",
                "{'productName':'x','productValue':0.001}",
                "{'productName':'x','productValue':1000000.01}",
                "{'productName':'x','productValue':'much'}")) {
            assertThat(earnings.platform()
                            .refused(Addresses.EARNINGS_SUBMIT, member.caller(), Map.of(), TestPlatform.json(body)))
                    .as(body)
                    .isEqualTo(ErrorCode.VALIDATION_FAILED);
        }
        assertThat(earnings.platform().balance(member)).isZero();
    }

    @Test
    void refusesAMemberWhoDoesNotExist() {
        Caller nobody = new Member(UUID.randomUUID(), "nobody", null).caller();
        assertThat(earnings.platform()
                        .refused(Addresses.EARNINGS_SUBMIT, nobody, Map.of(), EarningsPlatform.product("5")))
                .isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
}
