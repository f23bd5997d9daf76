package io.cloneplatform.withdrawal;

import static io.cloneplatform.withdrawal.WithdrawalFixture.money;
import static io.cloneplatform.withdrawal.WithdrawalFixture.naming;
import static io.cloneplatform.withdrawal.WithdrawalFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Withdrawals that are requested or reviewed together are written together, and none notices the others. */
class WithdrawalBatchIT {
    private static WithdrawalFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new WithdrawalFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    /** A member whose password is checked in next to no time. */
    private static Member quick(long minor) {
        Member member = fixture.memberWith(minor);
        fixture.platform.execute(
                "UPDATE credential SET withdrawal_password_hash = ? WHERE subject_id = ?",
                WithdrawalFixture.CHEAP_HASH,
                member.id());
        return member;
    }

    private static Future<Reply> requesting(Member member, String amount, String key) {
        return fixture.platform.send(Addresses.WITHDRAWAL_REQUEST, member.caller(), Map.of(), request(amount), key);
    }

    private static Future<Reply> reviewing(String address, String id, String key) {
        return fixture.platform.send(address, TestPlatform.admin(), Map.of(), naming(id), key);
    }

    private static JsonNode body(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Done.class);
        return Json.read(((Reply.Done) reply).body(), JsonNode.class);
    }

    private static ErrorCode refusal(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Refused.class);
        return ((Reply.Refused) reply).code();
    }

    @Test
    void eachGetsItsOwnBalance() {
        Member member = quick(10_000);
        List<Future<Reply>> calls = IntStream.range(0, 70)
                .mapToObj(i -> requesting(member, "1", i % 2 == 0 ? null : "own " + i))
                .toList();
        List<Long> balances = calls.stream()
                .map(call -> money(body(call.await()).get("newBalance")).minor())
                .toList();
        assertThat(balances)
                .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 70)
                        .map(n -> 10_000 - 100 * n)
                        .boxed()
                        .toList());
        assertThat(fixture.platform.number(
                        "SELECT count(DISTINCT t.created_at) FROM ledger_transfer t JOIN ledger_entry e ON e.transfer_id = t.id WHERE e.account_id = ? AND e.role = 'hold'",
                        member.id()))
                .as("statements")
                .isLessThan(50);
    }

    @Test
    void exactlyWhatIsCoveredIsHeld() {
        Member member = quick(1_050);
        Member frozen = quick(1_000);
        fixture.platform.execute(
                "UPDATE kv_store_44a642d3 SET value = value || '{\"accountFrozen\": true, \"freezeReason\": \"Checking\"}' WHERE key = 'user:' || ?",
                frozen.id().toString());
        List<Future<Reply>> calls = new ArrayList<>();
        List<Future<Reply>> paused = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            calls.add(requesting(member, "1", "covered " + i));
            paused.add(requesting(frozen, "1", null));
        }
        paused.forEach(call -> assertThat(refusal(call.await())).isEqualTo(ErrorCode.ACCOUNT_FROZEN));
        List<Reply> replies = calls.stream().map(call -> call.await()).toList();
        assertThat(replies.stream().filter(Reply.Done.class::isInstance)).hasSize(10);
        replies.stream().filter(Reply.Refused.class::isInstance).forEach(reply -> assertThat(refusal(reply))
                .isEqualTo(ErrorCode.INSUFFICIENT_BALANCE));
        assertThat(fixture.platform.balance(member)).isEqualTo(50);
        assertThat(fixture.platform.held(member)).isEqualTo(1_000);
        assertThat(fixture.platform.held(frozen)).isZero();
        fixture.platform.credit(member, 10_000);
        assertThat(calls).as("a refusal is kept under its key").allSatisfy(call -> assertThat(
                        requesting(member, "1", "covered " + calls.indexOf(call))
                                .await())
                .hasSameClassAs(call.result()));
    }

    @Test
    void oneKeyIsOneWithdrawal() {
        Member member = quick(10_000);
        List<Future<Reply>> same = IntStream.range(0, 50)
                .mapToObj(i -> requesting(member, "3", "one key"))
                .toList();
        Future<Reply> other = requesting(member, "4", "one key");
        List<Reply> replies = same.stream().map(call -> call.await()).toList();
        assertThat(replies.stream().map(reply -> body(reply).toString()).distinct())
                .hasSize(1);
        assertThat(replies.stream().filter(reply -> !reply.replayed())).hasSize(1);
        assertThat(refusal(other.await())).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED);
        assertThat(fixture.platform.held(member)).isEqualTo(300);
    }

    @Test
    void oneWithdrawalHasOneOutcome() {
        Member member = quick(10_000);
        List<String> ids = IntStream.range(0, 25)
                .mapToObj(i -> body(requesting(member, "1", null).await())
                        .at("/withdrawal/id")
                        .asText())
                .toList();
        List<Future<Reply>> calls = new ArrayList<>();
        for (String id : ids) {
            calls.add(reviewing(Addresses.WITHDRAWAL_APPROVE, id, null));
            calls.add(reviewing(Addresses.WITHDRAWAL_DENY, id, "deny " + id));
            calls.add(reviewing(Addresses.WITHDRAWAL_APPROVE, id, "approve " + id));
        }
        List<Reply> replies = calls.stream().map(call -> call.await()).toList();
        assertThat(replies.stream().filter(Reply.Done.class::isInstance)).hasSize(25);
        replies.stream().filter(Reply.Refused.class::isInstance).forEach(reply -> assertThat(refusal(reply))
                .isEqualTo(ErrorCode.WRONG_STATE));
        long approved = replies.stream()
                .filter(Reply.Done.class::isInstance)
                .filter(reply -> body(reply).at("/withdrawal/status").asText().equals("approved"))
                .count();
        assertThat(fixture.platform.held(member)).isZero();
        assertThat(fixture.platform.balance(member)).isEqualTo(10_000 - 100 * approved);
        assertThat(fixture.platform.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'audit:%' AND value #>> '{details,withdrawalId}' = ANY (?)",
                        (Object) ids.toArray(String[]::new)))
                .isEqualTo(25);
    }

    @Test
    void aLostConnectionLosesAndDoublesNothing() {
        Member member = quick(100_000);
        List<Future<Reply>> requests = new ArrayList<>();
        List<Future<Reply>> reviews = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 20; i++) {
                requests.add(requesting(member, "1", i % 2 == 0 ? null : "lost " + round + " " + i));
            }
            terminateBackends();
        }
        List<Reply> held = done(requests);
        assertThat(fixture.platform.held(member)).isEqualTo(100L * held.size());
        for (Reply reply : held) {
            String id = body(reply).at("/withdrawal/id").asText();
            reviews.add(reviewing(Addresses.WITHDRAWAL_APPROVE, id, reviews.size() % 2 == 0 ? null : "ends " + id));
            if (reviews.size() % 20 == 0) {
                terminateBackends();
            }
        }
        assertThat(done(reviews)).hasSameSizeAs(reviews);
        assertThat(fixture.platform.held(member)).isZero();
        assertThat(fixture.platform.balance(member)).isEqualTo(100_000 - 100L * held.size());
    }

    /** The successes; the others must have been refused before anything was written: try again later. */
    private static List<Reply> done(List<Future<Reply>> calls) {
        List<Reply> replies = calls.stream().map(call -> call.await()).toList();
        replies.stream().filter(Reply.Refused.class::isInstance).forEach(reply -> assertThat(refusal(reply))
                .isIn(ErrorCode.UNAVAILABLE, ErrorCode.OVERLOADED));
        return replies.stream().filter(Reply.Done.class::isInstance).toList();
    }

    private static void terminateBackends() {
        fixture.platform.single(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'clone-%'");
    }

    @Test
    void twoProcessesBatchSideBySide() {
        List<Member> members =
                IntStream.range(0, 8).mapToObj(i -> quick(10_000)).toList();
        List<Future<Reply>> calls = new ArrayList<>();
        try (TestPlatform second = fixture.platform.another(List.of(new WithdrawalService()))) {
            for (int i = 0; i < 96; i++) {
                TestPlatform platform = i % 3 == 0 ? second : fixture.platform;
                calls.add(platform.send(
                        Addresses.WITHDRAWAL_REQUEST,
                        members.get(i % 8).caller(),
                        Map.of(),
                        request("0.37"),
                        "side " + i));
            }
            calls.forEach(call -> assertThat(call.await()).isInstanceOf(Reply.Done.class));
        }
        members.forEach(member -> assertThat(fixture.platform.held(member)).isEqualTo(12 * 37));
    }
}
