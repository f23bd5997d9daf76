package io.cloneplatform.earnings.review;

import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReviewSubmissionIT {
    private static EarningsPlatform earnings;

    @BeforeAll
    static void start() {
        earnings = EarningsPlatform.start("REVIEW_THRESHOLD", "100");
    }

    @AfterAll
    static void stop() {
        earnings.assertBooksBalance();
        earnings.close();
    }

    private static String waiting(Member member, String value) {
        return earnings.submit(member, value).at("/product/id").asText();
    }

    private static Reply.Refused refusal(String address, String id) {
        return earnings.platform().refusal(address, TestPlatform.admin(), Map.of("id", id), Json.object());
    }

    @Test
    void approvingCreditsWhatSubmittingWouldHave() {
        List<Member> line = earnings.line(4);
        String id = waiting(line.get(3), "999.99");
        JsonNode answer = earnings.asAdmin(Addresses.EARNINGS_SUBMISSION_APPROVE, Map.of("id", id));
        assertThat(answer.at("/submission/status").asText()).isEqualTo("credited");
        assertThat(line.stream().map(earnings.platform()::balance)).containsExactly(5_000L, 5_000L, 10_000L, 79_999L);
        JsonNode product = earnings.platform().document(Keys.product(line.get(3).id(), id));
        assertThat(minor(product.get("userEarned"))).isEqualTo(79_999);
        assertThat(product.get("commissions")).hasSize(3);
        assertThat(minor(earnings.platform()
                        .document(Keys.referral(line.get(2).id(), line.get(3).id()))
                        .get("totalSharedProfit")))
                .isEqualTo(10_000);
        assertThat(earnings.user(line.get(3)).get("productsSubmitted").asInt()).isEqualTo(1);
    }

    @Test
    void rejectingCreditsNothingAndKeepsTheReason() {
        Member member = earnings.member(null);
        String id = waiting(member, "101");
        JsonNode answer = earnings.platform()
                .ok(
                        Addresses.EARNINGS_SUBMISSION_REJECT,
                        TestPlatform.admin(),
                        Map.of("id", id),
                        TestPlatform.json("{'reason':'No proof of sale.'}"));
        assertThat(answer.at("/submission/status").asText()).isEqualTo("rejected");
        assertThat(answer.at("/submission/rejectionReason").asText()).isEqualTo("No proof of sale.");
        assertThat(earnings.platform().balance(member)).isZero();
        assertThat(earnings.read(Addresses.EARNINGS_PRODUCTS, member)
                        .at("/products/0/rejectionReason")
                        .asText())
                .isEqualTo("No proof of sale.");
    }

    @Test
    void whatIsDecidedStaysDecidedAndTheRefusalNamesTheState() {
        Member member = earnings.member(null);
        String approved = waiting(member, "101");
        earnings.asAdmin(Addresses.EARNINGS_SUBMISSION_APPROVE, Map.of("id", approved));
        String rejected = waiting(member, "102");
        earnings.asAdmin(Addresses.EARNINGS_SUBMISSION_REJECT, Map.of("id", rejected));
        String atOnce = waiting(member, "10");
        for (String address : List.of(Addresses.EARNINGS_SUBMISSION_APPROVE, Addresses.EARNINGS_SUBMISSION_REJECT)) {
            assertThat(refusal(address, approved).code()).isEqualTo(ErrorCode.WRONG_STATE);
            assertThat(refusal(address, approved).message()).contains("credited");
            assertThat(refusal(address, rejected).message()).contains("rejected");
            assertThat(refusal(address, atOnce).message()).contains("credited");
        }
        assertThat(earnings.platform().balance(member)).isEqualTo(8_080 + 800);
    }

    @Test
    void unknownIdsAreNotFound() {
        for (String id : List.of(UUID.randomUUID().toString(), "x", "' OR 1=1 --")) {
            assertThat(refusal(Addresses.EARNINGS_SUBMISSION_APPROVE, id).code())
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(refusal(Addresses.EARNINGS_SUBMISSION_REJECT, id).code()).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void aMemberWhoLeftIsNotCredited() {
        Member member = earnings.member(null);
        String id = waiting(member, "101");
        earnings.platform().execute("UPDATE member SET deleted_at = now() WHERE id = ?", member.id());
        assertThat(refusal(Addresses.EARNINGS_SUBMISSION_APPROVE, id).code()).isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void howeverManyAdminsPressThereIsOneOutcome() {
        Member member = earnings.member(earnings.member(null));
        String id = waiting(member, "1000");
        List<Future<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(press(Addresses.EARNINGS_SUBMISSION_APPROVE, id));
            calls.add(press(Addresses.EARNINGS_SUBMISSION_REJECT, id));
        }
        assertThat(calls.stream().map(call -> call.await()).filter(reply -> reply instanceof Reply.Done))
                .hasSize(1);
        boolean credited = earnings.platform()
                .document(Keys.product(member.id(), id))
                .get("status")
                .asText()
                .equals("credited");
        assertThat(earnings.platform().balance(member)).isEqualTo(credited ? 80_000 : 0);
    }

    private static Future<Reply> press(String address, String id) {
        return earnings.platform().send(address, TestPlatform.admin(), Map.of("id", id), Json.object(), null);
    }
}
