package io.cloneplatform.earnings.admin;

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
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReverseTransferIT {
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

    private static String adjusted(Member member, String amount) {
        return earnings.asAdmin(
                        Addresses.EARNINGS_ADJUST_BALANCE,
                        "{'userId':'" + member.id() + "','amount':" + amount + ",'reason':'Goodwill'}")
                .at("/adjustment/id")
                .asText();
    }

    private static JsonNode order(String transfer) {
        return TestPlatform.json("{'transferId':'" + transfer + "','reason':'A mistake'}");
    }

    private static ErrorCode refused(String transfer) {
        return earnings.platform().refused(Addresses.EARNINGS_REVERSE, TestPlatform.admin(), Map.of(), order(transfer));
    }

    @Test
    void postsTheOppositeWhichNamesTheFirst() {
        Member member = earnings.member(null);
        String first = adjusted(member, "12.5");
        String second = earnings.platform()
                .ok(Addresses.EARNINGS_REVERSE, TestPlatform.admin(), Map.of(), order(first))
                .at("/transfer/id")
                .asText();
        assertThat(earnings.platform().balance(member)).isZero();
        assertThat(earnings.platform()
                        .number(
                                "SELECT count(*) FROM ledger_transfer WHERE id = ? AND reverses = ? AND memo = 'A mistake'",
                                UUID.fromString(second),
                                UUID.fromString(first)))
                .isEqualTo(1);
        assertThat(refused(second)).as("a reversal of a reversal").isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void happensOnceHoweverManyAdminsAskForIt() {
        Member member = earnings.member(null);
        earnings.platform().credit(member, 5_000);
        String first = adjusted(member, "7");
        List<Future<Reply>> calls = IntStream.range(0, 20)
                .mapToObj(i -> earnings.platform()
                        .send(Addresses.EARNINGS_REVERSE, TestPlatform.admin(), Map.of(), order(first), null))
                .toList();
        assertThat(calls.stream().map(call -> call.await()).filter(Reply.Done.class::isInstance))
                .hasSize(1);
        assertThat(earnings.platform().balance(member)).isEqualTo(5_000);
    }

    @Test
    void neverTakesABalanceBelowZero() {
        Member member = earnings.member(null);
        String first = adjusted(member, "10");
        adjusted(member, "-4");
        assertThat(refused(first)).isEqualTo(ErrorCode.INSUFFICIENT_BALANCE);
        assertThat(earnings.platform().balance(member)).isEqualTo(600);
    }

    private static void reverse(String transfer) {
        earnings.platform().ok(Addresses.EARNINGS_REVERSE, TestPlatform.admin(), Map.of(), order(transfer));
    }

    @Test
    void aSubmissionIsTakenBackAlongTheLineWithAllItCountedFor() {
        List<Member> line = earnings.line(5);
        Member member = line.get(4);
        earnings.submit(member, "10");
        String before = shown(line);
        String mistake = earnings.submit(member, "9999.99").at("/product/id").asText();
        assertThat(earnings.user(member).get("vipTier").asText()).isEqualTo("Platinum");
        reverse(mistake);
        assertThat(shown(line)).isEqualTo(before);
        assertThat(earnings.platform()
                        .document(Keys.product(member.id(), mistake))
                        .get("status")
                        .asText())
                .isEqualTo("reversed");
        assertThat(earnings.platform()
                        .document(Keys.referral(line.get(3).id(), member.id()))
                        .get("totalSharedProfit")
                        .asInt())
                .isEqualTo(1);
        assertThat(refused(mistake)).as("again").isEqualTo(ErrorCode.WRONG_STATE);
        JsonNode listed = earnings.asAdmin(Addresses.EARNINGS_SUBMISSIONS, Map.of("status", "reversed"));
        assertThat(listed.get("submissions").findValuesAsText("id")).contains(mistake);
        assertThat(listed.get("total").asInt())
                .isEqualTo(listed.get("submissions").size());
        earnings.assertBooksBalance();
    }

    private static String shown(List<Member> line) {
        StringBuilder shown = new StringBuilder();
        for (Member member : line) {
            for (String address : List.of(
                    Addresses.EARNINGS_SUMMARY,
                    Addresses.EARNINGS_MULTILEVEL,
                    Addresses.EARNINGS_ANALYTICS,
                    Addresses.EARNINGS_NETWORK,
                    Addresses.EARNINGS_BONUSES,
                    Addresses.EARNINGS_MONTHLY_REPORT,
                    Addresses.EARNINGS_LEADERBOARD)) {
                shown.append(earnings.read(address, member)).append('\n');
            }
            shown.append(earnings.user(member).get("vipTier"))
                    .append(earnings.user(member).get("productsSubmitted"))
                    .append('\n');
        }
        return shown.append(earnings.asAdmin(Addresses.EARNINGS_METRICS, Map.of()))
                .toString();
    }

    @Test
    void aSubmissionIsNotTakenBackWhenOneOfTheLineHasSpentTheShare() {
        List<Member> line = earnings.line(3);
        String submission =
                earnings.submit(line.get(2), "100").at("/product/id").asText();
        adjusted(line.get(0), "-4.99");
        assertThat(refused(submission)).isEqualTo(ErrorCode.INSUFFICIENT_BALANCE);
        assertThat(earnings.platform().balance(line.get(2))).isEqualTo(8_000);
        earnings.platform().credit(line.get(0), 499);
        reverse(submission);
        assertThat(line.stream().mapToLong(earnings.platform()::balance)).containsOnly(0L);
        JsonNode newest =
                earnings.read(Addresses.EARNINGS_STATEMENT, line.get(2)).at("/statement/0");
        assertThat(newest.get("description").asText()).isEqualTo("Reversal: Desk lamp");
        assertThat(newest.get("reverses").asText()).isEqualTo(submission);
        assertThat(newest.get("reference").asText()).isEqualTo(submission);
    }

    @Test
    void aBonusIsTakenBackAndStaysClaimed() {
        Member member = earnings.member(null);
        earnings.submit(member, "1000");
        var claim = TestPlatform.json("{'bonusId':'tier_silver'}");
        earnings.platform().ok(Addresses.EARNINGS_BONUS_CLAIM, member.caller(), Map.of(), claim);
        reverse(earnings.platform()
                .single("SELECT id FROM ledger_transfer WHERE reference = ?", member.id() + ":tier_silver")
                .toString());
        assertThat(earnings.platform().balance(member)).isEqualTo(80_000);
        assertThat(earnings.platform().refused(Addresses.EARNINGS_BONUS_CLAIM, member.caller(), Map.of(), claim))
                .isEqualTo(ErrorCode.BONUS_ALREADY_CLAIMED);
        JsonNode newest = earnings.read(Addresses.EARNINGS_STATEMENT, member).at("/statement/0");
        assertThat(newest.get("counterpart").asText()).isEqualTo("tier_silver");
    }

    @Test
    void aTransferOfAMemberWhoHasLeftStays() {
        Member member = earnings.member(null);
        adjusted(member, "5");
        String second = adjusted(member, "-5");
        earnings.platform().execute("UPDATE member SET deleted_at = now() WHERE id = ?", member.id());
        assertThat(refused(second)).isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void aSubmissionOfALineThatSomebodyLeftStays() {
        List<Member> line = earnings.line(2);
        String submission =
                earnings.submit(line.get(1), "100").at("/product/id").asText();
        adjusted(line.get(0), "-10");
        earnings.platform()
                .execute(
                        "UPDATE member SET deleted_at = now() WHERE id = ?",
                        line.get(0).id());
        assertThat(refused(submission)).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(earnings.platform().balance(line.get(1))).isEqualTo(8_000);
    }

    @Test
    void submissionsAndTheirReversalsAtTheSameMomentAddUp() {
        List<Member> line = earnings.line(4);
        Member member = line.get(3);
        List<String> mistakes = IntStream.range(0, 20)
                .mapToObj(i -> earnings.submit(member, "10").at("/product/id").asText())
                .toList();
        List<Future<Reply>> calls = mistakes.stream()
                .flatMap(mistake -> Stream.of(
                        earnings.platform()
                                .send(Addresses.EARNINGS_REVERSE, TestPlatform.admin(), Map.of(), order(mistake), null),
                        earnings.submitting(member, "20")))
                .toList();
        EarningsPlatform.answers(calls);
        assertThat(line.stream().mapToLong(earnings.platform()::balance))
                .containsExactly(20 * 100L, 20 * 100L, 20 * 200L, 20 * 1600L);
        assertThat(earnings.user(member).get("productsSubmitted").asInt()).isEqualTo(20);
        earnings.assertBooksBalance();
    }

    @Test
    void whatIsHeldIsNotReversed() {
        Member member = earnings.member(null);
        earnings.platform().credit(member, 1_000);
        String hold = UUID.randomUUID().toString();
        earnings.platform()
                .execute("SELECT ledger_hold(?, ?, 400, 'withdrawal', ?)", UUID.fromString(hold), member.id(), hold);
        earnings.platform()
                .execute(
                        "INSERT INTO kv_store_44a642d3 (key, value) VALUES (?, jsonb_build_object('id', ?::text, 'userId', ?::text, 'amount', 4, 'status', 'pending'))",
                        Keys.withdrawal(member.id(), hold),
                        hold,
                        member.id().toString());
        assertThat(refused(hold)).isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void anUnknownTransferIsNotFound() {
        assertThat(refused(UUID.randomUUID().toString())).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refused("no id")).isEqualTo(ErrorCode.NOT_FOUND);
    }
}
