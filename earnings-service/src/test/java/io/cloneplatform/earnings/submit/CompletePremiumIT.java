package io.cloneplatform.earnings.submit;

import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CompletePremiumIT {
    private static EarningsPlatform earnings;

    @BeforeAll
    static void start() {
        earnings = EarningsPlatform.start("REVIEW_THRESHOLD", "100", "DAILY_CREDIT_CAP", "150");
    }

    @AfterAll
    static void stop() {
        earnings.assertBooksBalance();
        earnings.close();
    }

    private static String assign(Member member, String status, String amount, String expiresAt) {
        String id = Ids.next().toString();
        var assignment = Json.object()
                .put("id", id)
                .put("amount", new java.math.BigDecimal(amount))
                .put("position", 3)
                .put("status", status)
                .put("assignedAt", "2026-01-01T00:00:00.000Z")
                .put("expiresAt", expiresAt);
        earnings.platform()
                .execute(
                        "INSERT INTO kv_store_44a642d3 (key, value) VALUES (?, ?::jsonb || jsonb_build_object('userId', ?::text))",
                        Keys.premium(member.id(), id),
                        Json.text(assignment),
                        member.id().toString());
        assignment.put("freezes", status.equals("active"));
        earnings.platform()
                .execute(
                        "UPDATE kv_store_44a642d3 SET value = v || freeze_projection(v, 0) FROM (SELECT value || jsonb_build_object('premiumAssignment', ?::jsonb) AS v FROM kv_store_44a642d3 WHERE key = ?) d WHERE key = ?",
                        Json.text(assignment),
                        Keys.user(member.id()),
                        Keys.user(member.id()));
        return id;
    }

    private static String active(Member member, String amount) {
        return assign(member, "active", amount, "2999-01-01T00:00:00.000Z");
    }

    private static JsonNode premium(String value) {
        return TestPlatform.json("{'productName':'Premium','premium':true,'productValue':" + value + "}");
    }

    private static JsonNode complete(Member member, String value) {
        return earnings.platform().ok(Addresses.EARNINGS_SUBMIT, member.caller(), Map.of(), premium(value));
    }

    private static Reply.Refused refusal(Member member, String value) {
        return earnings.platform().refusal(Addresses.EARNINGS_SUBMIT, member.caller(), Map.of(), premium(value));
    }

    @Test
    void paysTheOrdinarySplitAndTheBoostWhateverThresholdAndCapSay() {
        List<Member> line = earnings.line(2);
        String id = active(line.get(1), "5000");
        JsonNode answer = complete(line.get(1), "5000");
        assertThat(answer.at("/product/status").asText()).isEqualTo("credited");
        assertThat(minor(answer.at("/product/userEarned"))).isEqualTo(400_000);
        assertThat(minor(answer.at("/product/boostedCommission"))).isEqualTo(50_000);
        assertThat(answer.at("/product/premium").asBoolean()).isTrue();
        assertThat(minor(answer.get("newBalance"))).isEqualTo(450_000);
        assertThat(earnings.platform().balance(line.get(1))).isEqualTo(450_000);
        assertThat(earnings.platform().balance(line.get(0))).isEqualTo(50_000);
        assertThat(earnings.platform()
                        .number("SELECT count(*) FROM ledger_transfer WHERE kind = 'boost' AND reference = ?", id))
                .isEqualTo(1);
    }

    @Test
    void isTakenBackByReversingTheSubmissionAndTheBoost() {
        List<Member> line = earnings.line(2);
        String id = active(line.get(1), "5000");
        String submission = complete(line.get(1), "5000").at("/product/id").asText();
        String boost = earnings.platform()
                .single("SELECT id FROM ledger_transfer WHERE kind = 'boost' AND reference = ?", id)
                .toString();
        for (String transfer : List.of(submission, boost)) {
            earnings.asAdmin(Addresses.EARNINGS_REVERSE, "{'transferId':'" + transfer + "','reason':'A mistake'}");
        }
        assertThat(line.stream().mapToLong(earnings.platform()::balance)).containsOnly(0L);
        assertThat(minor(earnings.user(line.get(1)).get("totalEarned"))).isZero();
        earnings.assertBooksBalance();
    }

    @Test
    void endsTheAssignmentAndItsFreeze() {
        Member member = earnings.member(null);
        String id = active(member, "9000");
        assertThat(earnings.user(member).get("accountFrozen").asBoolean()).isTrue();
        JsonNode answer = complete(member, "9000");
        JsonNode user = earnings.user(member);
        assertThat(user.has("premiumAssignment")).isFalse();
        assertThat(user.get("accountFrozen").asBoolean()).isFalse();
        assertThat(minor(user.get("freezeAmount"))).isZero();
        JsonNode assignment = earnings.platform().document(Keys.premium(member.id(), id));
        assertThat(assignment.get("status").asText()).isEqualTo("completed");
        assertThat(assignment.get("completedAt").asText()).endsWith("Z");
        assertThat(assignment.get("productId").asText())
                .isEqualTo(answer.at("/product/id").asText());
    }

    @Test
    void leavesTheDailyCapToOrdinarySubmissions() {
        Member member = earnings.member(null);
        active(member, "5000");
        complete(member, "5000");
        assertThat(earnings.submit(member, "100").at("/product/status").asText())
                .isEqualTo("credited");
    }

    @Test
    void aComplianceHoldOutlivesTheAssignment() {
        Member member = earnings.member(null);
        active(member, "5000");
        earnings.platform()
                .execute(
                        "UPDATE kv_store_44a642d3 SET value = v || freeze_projection(v, 0) FROM (SELECT value || '{\"complianceHold\":{\"reason\":\"Identity check\"}}' AS v FROM kv_store_44a642d3 WHERE key = ?) d WHERE key = ?",
                        Keys.user(member.id()),
                        Keys.user(member.id()));
        complete(member, "5000");
        assertThat(earnings.user(member).get("freezeReason").asText()).isEqualTo("Identity check");
    }

    @Test
    void refusesWithoutAnAssignmentOfExactlyThisValue() {
        Member member = earnings.member(null);
        assertThat(refusal(member, "5000").code()).isEqualTo(ErrorCode.WRONG_STATE);
        active(member, "5000");
        Reply.Refused other = refusal(member, "4999.99");
        assertThat(other.code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(other.message()).contains("5000.00");
        assertThat(earnings.platform().balance(member)).isZero();
    }

    @Test
    void refusesOneThatIsNotAcceptedOrHasExpired() {
        Member offered = earnings.member(null);
        assign(offered, "offered", "50", "2999-01-01T00:00:00.000Z");
        assertThat(refusal(offered, "50").message()).contains("Accept");
        Member late = earnings.member(null);
        assign(late, "active", "50", "2020-01-01T00:00:00.000Z");
        assertThat(refusal(late, "50").message()).contains("expired");
        Member gone = earnings.member(null);
        String id = active(gone, "50");
        earnings.platform()
                .execute(
                        "UPDATE kv_store_44a642d3 SET value = value || '{\"status\":\"revoked\"}' WHERE key = ?",
                        Keys.premium(gone.id(), id));
        assertThat(refusal(gone, "50").message()).contains("revoked");
        earnings.platform()
                .execute(
                        "UPDATE kv_store_44a642d3 SET value = value - 'premiumAssignment' WHERE key = ?",
                        Keys.user(gone.id()));
    }

    @Test
    void anAssignmentIsCompletedOnceHoweverManyTry() {
        Member member = earnings.member(earnings.member(null));
        active(member, "70");
        List<Future<Reply>> calls = IntStream.range(0, 10)
                .mapToObj(i -> earnings.platform()
                        .send(Addresses.EARNINGS_SUBMIT, member.caller(), Map.of(), premium("70"), null))
                .toList();
        assertThat(calls.stream().map(call -> call.await()).filter(reply -> reply instanceof Reply.Done))
                .hasSize(1);
        assertThat(earnings.platform().balance(member)).isEqualTo(5_600 + 700);
    }
}
