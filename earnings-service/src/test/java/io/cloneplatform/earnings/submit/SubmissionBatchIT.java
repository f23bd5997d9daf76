package io.cloneplatform.earnings.submit;

import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static io.cloneplatform.earnings.testing.EarningsPlatform.product;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.EarningsService;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Submissions that arrive together are written together, and none notices the others. */
class SubmissionBatchIT {
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

    private static Future<Reply> submitting(Caller caller, String value, String key) {
        return earnings.platform().send(Addresses.EARNINGS_SUBMIT, caller, Map.of(), product(value), key);
    }

    private static JsonNode body(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Done.class);
        return Json.read(((Reply.Done) reply).body(), JsonNode.class);
    }

    private static ErrorCode refusal(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Refused.class);
        return ((Reply.Refused) reply).code();
    }

    private static long submissionsOf(Member member) {
        return earnings.platform()
                .number("SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'product:' || ? || ':%'", member.id());
    }

    @Test
    void eachGetsItsOwnBalance() {
        List<Member> line = earnings.line(2);
        List<Future<Reply>> calls = IntStream.range(0, 300)
                .mapToObj(i -> earnings.submitting(line.get(1), "1"))
                .toList();
        List<JsonNode> answers = EarningsPlatform.answers(calls);
        assertThat(answers.stream().map(answer -> minor(answer.get("newBalance"))))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 300).map(n -> 80 * n).boxed().toList());
        assertThat(earnings.platform().balance(line.get(0))).isEqualTo(300 * 10);
        assertThat(earnings.platform()
                        .number(
                                "SELECT count(DISTINCT t.created_at) FROM ledger_transfer t JOIN ledger_entry e ON e.transfer_id = t.id WHERE e.account_id = ?",
                                line.get(1).id()))
                .as("statements")
                .isLessThan(100);
    }

    @Test
    void noneFailsForItsNeighbours() {
        Member busy = earnings.member(null);
        Caller stranger = earnings.member(null).caller();
        Caller nobody = new Caller(
                Caller.Kind.MEMBER, UUID.randomUUID().toString(), "Nobody", null, stranger.permissions(), "127.0.0.1");
        Member broken = earnings.member(null);
        earnings.platform().execute("SET session_replication_role = replica");
        earnings.platform().execute("DELETE FROM ledger_account WHERE id = ?", broken.id());
        earnings.platform().execute("RESET session_replication_role");
        List<Future<Reply>> good = new ArrayList<>();
        List<Future<Reply>> lost = new ArrayList<>();
        List<Future<Reply>> waiting = new ArrayList<>();
        List<Future<Reply>> failing = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            good.add(submitting(busy.caller(), "2", null));
            lost.add(submitting(nobody, "2", null));
            waiting.add(submitting(stranger, "1000.01", null));
            failing.add(submitting(broken.caller(), "2", null));
        }
        good.forEach(call ->
                assertThat(body(call.await()).at("/product/status").asText()).isEqualTo("credited"));
        lost.forEach(call -> assertThat(refusal(call.await())).isEqualTo(ErrorCode.UNAUTHENTICATED));
        waiting.forEach(call -> {
            JsonNode answer = body(call.await());
            assertThat(answer.at("/product/status").asText()).isEqualTo("pending_review");
            assertThat(minor(answer.at("/product/userEarned"))).isZero();
            assertThat(minor(answer.get("newBalance"))).isZero();
        });
        failing.forEach(call -> assertThat(refusal(call.await())).isEqualTo(ErrorCode.INTERNAL));
        assertThat(earnings.platform().balance(busy)).isEqualTo(20 * 160);
        earnings.platform()
                .execute("INSERT INTO ledger_account (id, kind, name) VALUES (?, 'member', 'mended')", broken.id());
    }

    @Test
    void oneKeyIsOneSubmission() {
        Member member = earnings.member(null);
        List<Future<Reply>> same = IntStream.range(0, 50)
                .mapToObj(i -> submitting(member.caller(), "3", "the same key"))
                .toList();
        Future<Reply> other = submitting(member.caller(), "4", "the same key");
        List<Reply> replies = same.stream().map(call -> call.await()).toList();
        assertThat(replies.stream().map(reply -> body(reply).toString()).distinct())
                .hasSize(1);
        assertThat(replies.stream().filter(reply -> !reply.replayed())).hasSize(1);
        assertThat(refusal(other.await())).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED);
        assertThat(submissionsOf(member)).isEqualTo(1);
        Reply later = submitting(member.caller(), "3", "the same key").await();
        assertThat(later.replayed()).isTrue();
        assertThat(body(later)).isEqualTo(body(replies.get(0)));
    }

    @Test
    void theDayHasRoomForExactlyTheCap() {
        Member member = earnings.member(null);
        List<Future<Reply>> calls = IntStream.range(0, 60)
                .mapToObj(i -> earnings.submitting(member, "100"))
                .toList();
        List<JsonNode> answers = EarningsPlatform.answers(calls);
        assertThat(answers.stream()
                        .filter(answer -> answer.at("/product/status").asText().equals("credited")))
                .hasSize(25);
        assertThat(earnings.platform().balance(member)).isEqualTo(25 * 8000);
        assertThat(submissionsOf(member)).isEqualTo(60);
    }

    @Test
    void aLostConnectionLosesAndDoublesNothing() {
        Member member = earnings.member(null);
        List<Future<Reply>> calls = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 30; i++) {
                calls.add(submitting(member.caller(), "1", i % 2 == 0 ? null : "key " + round + " " + i));
            }
            earnings.platform()
                    .single(
                            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'clone-%'");
        }
        List<Reply> replies = calls.stream().map(call -> call.await()).toList();
        replies.forEach(reply -> assertThat(reply.replayed()).isFalse());
        assertThat(replies.stream()
                        .map(reply -> body(reply).at("/product/id").asText())
                        .distinct())
                .hasSize(calls.size());
        assertThat(submissionsOf(member)).isEqualTo(calls.size());
        assertThat(earnings.platform().balance(member)).isEqualTo(80L * calls.size());
    }

    @Test
    void twoProcessesBatchSideBySide() {
        List<Member> line = earnings.line(4);
        List<Member> others = earnings.line(4);
        List<Future<Reply>> calls = new ArrayList<>();
        try (TestPlatform second = earnings.platform().another(List.of(new EarningsService()))) {
            for (int i = 0; i < 400; i++) {
                Member member = (i % 2 == 0 ? line : others).get(i / 2 % 4);
                TestPlatform platform = i % 3 == 0 ? second : earnings.platform();
                calls.add(platform.send(
                        Addresses.EARNINGS_SUBMIT, member.caller(), Map.of(), product("0.37"), "side " + i));
            }
            calls.forEach(call -> assertThat(call.await()).isInstanceOf(Reply.Done.class));
        }
    }
}
