package io.cloneplatform.withdrawal;

import static io.cloneplatform.withdrawal.WithdrawalFixture.money;
import static io.cloneplatform.withdrawal.WithdrawalFixture.naming;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReviewWithdrawalIT {
    private static WithdrawalFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new WithdrawalFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void approvalPaysTheHeldAmountOut() {
        Member member = fixture.memberWith(1_000);
        String id = fixture.pending(member, "4");
        JsonNode answer = fixture.approve(id);
        assertThat(answer.get("message").asText()).isEqualTo("Withdrawal approved.");
        assertThat(answer.at("/withdrawal/status").asText()).isEqualTo("approved");
        assertThat(answer.at("/withdrawal/approvedAt").asText()).endsWith("Z");
        assertThat(answer.at("/withdrawal/deniedAt").isNull()).isTrue();
        assertThat(fixture.platform.balance(member)).isEqualTo(600);
        assertThat(fixture.platform.held(member)).isZero();
    }

    @Test
    void denialReturnsTheHeldAmountAndKeepsTheReason() {
        Member member = fixture.memberWith(1_000);
        JsonNode answer = fixture.deny(fixture.pending(member, "4"), "The bank details do not match.");
        assertThat(answer.get("message").asText()).isEqualTo("Withdrawal denied.");
        assertThat(answer.at("/withdrawal/status").asText()).isEqualTo("denied");
        assertThat(answer.at("/withdrawal/deniedAt").asText()).endsWith("Z");
        assertThat(answer.at("/withdrawal/denialReason").asText()).isEqualTo("The bank details do not match.");
        assertThat(fixture.platform.balance(member)).isEqualTo(1_000);
        assertThat(fixture.platform.held(member)).isZero();
    }

    @Test
    void denialReadsTheOldNameOfTheReasonAndPrefersTheNewOne() {
        Member member = fixture.memberWith(1_000);
        JsonNode old = fixture.platform.ok(
                Addresses.WITHDRAWAL_DENY,
                TestPlatform.admin(),
                Map.of(),
                naming(fixture.pending(member, "1")).put("denialReason", "old"));
        assertThat(old.at("/withdrawal/denialReason").asText()).isEqualTo("old");
        JsonNode both = fixture.platform.ok(
                Addresses.WITHDRAWAL_DENY,
                TestPlatform.admin(),
                Map.of(),
                naming(fixture.pending(member, "1")).put("denialReason", "old").put("reason", "new"));
        assertThat(both.at("/withdrawal/denialReason").asText()).isEqualTo("new");
        JsonNode none = fixture.deny(fixture.pending(member, "1"), null);
        assertThat(none.at("/withdrawal/denialReason").isNull()).isTrue();
    }

    @Test
    void cancellingReturnsTheHeldAmount() {
        Member member = fixture.memberWith(1_000);
        JsonNode answer = fixture.cancel(member, fixture.pending(member, "4"));
        assertThat(answer.at("/withdrawal/status").asText()).isEqualTo("cancelled");
        assertThat(money(answer.get("newBalance"))).isEqualTo(new Money(1_000));
        assertThat(fixture.platform.held(member)).isZero();
    }

    @Test
    void nobodyCancelsAWithdrawalOfSomebodyElse() {
        Member owner = fixture.memberWith(1_000);
        String id = fixture.pending(owner, "4");
        assertThat(cancelRefusal(fixture.memberWith(0), id).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(fixture.platform.held(owner)).isEqualTo(400);
    }

    @Test
    void aClosedOneIsRefusedNamingItsState() {
        Member member = fixture.memberWith(1_000);
        String id = fixture.pending(member, "4");
        fixture.approve(id);
        assertThat(reviewRefusal(Addresses.WITHDRAWAL_APPROVE, id).message()).contains("is approved");
        assertThat(reviewRefusal(Addresses.WITHDRAWAL_DENY, id).code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(cancelRefusal(member, id).code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(fixture.platform.balance(member)).isEqualTo(600);
    }

    @Test
    void idsAreReadInAnyCase() {
        Member member = fixture.memberWith(1_000);
        String id = fixture.pending(member, "4");
        assertThat(fixture.approve(id.toUpperCase(java.util.Locale.ROOT))
                        .at("/withdrawal/id")
                        .asText())
                .isEqualTo(id);
    }

    @Test
    void unknownAndMalformedIdsAreNotFound() {
        Member member = fixture.memberWith(0);
        for (String id :
                List.of(Ids.next().toString(), "no such", "a:b", "%", "x".repeat(200), "\0", Ids.next() + "-1")) {
            assertThat(reviewRefusal(Addresses.WITHDRAWAL_APPROVE, id).code()).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(reviewRefusal(Addresses.WITHDRAWAL_DENY, id).code()).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(cancelRefusal(member, id).code()).isEqualTo(ErrorCode.NOT_FOUND);
        }
        assertThat(reviewRefusal(Addresses.WITHDRAWAL_APPROVE, null).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void findsImportedClosedOnesByTheirIdAndByTheirOldOne() {
        Member member = fixture.memberWith(0);
        String closed = fixture.importedClosed(member, 1, "approved");
        assertThat(reviewRefusal(Addresses.WITHDRAWAL_APPROVE, closed).message())
                .contains("is approved");
        String old = member.id() + "-" + WithdrawalFixture.IMPORTED_MILLIS;
        assertThat(reviewRefusal(Addresses.WITHDRAWAL_DENY, old).message()).contains("is approved");
        assertThat(cancelRefusal(member, old).code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(cancelRefusal(fixture.memberWith(0), old).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void fiftyParallelAttemptsHaveOneOutcome() {
        Member member = fixture.memberWith(1_000);
        String id = fixture.pending(member, "4");
        List<Future<Reply>> calls =
                IntStream.range(0, 50).mapToObj(n -> attempt(n, member, id)).toList();
        assertThat(WithdrawalFixture.succeeded(calls)).isEqualTo(1);
        assertThat(calls.stream().map(call -> call.await()).filter(Reply.Refused.class::isInstance))
                .extracting(reply -> ((Reply.Refused) reply).code())
                .containsOnly(ErrorCode.WRONG_STATE);
        String status = fixture.document(member, id).get("status").asText();
        assertThat(fixture.platform.held(member)).isZero();
        assertThat(fixture.platform.balance(member)).isEqualTo(status.equals("approved") ? 600 : 1_000);
    }

    private static Future<Reply> attempt(int n, Member member, String id) {
        return switch (n % 3) {
            case 0 ->
                fixture.platform.send(Addresses.WITHDRAWAL_APPROVE, TestPlatform.admin(), Map.of(), naming(id), null);
            case 1 ->
                fixture.platform.send(Addresses.WITHDRAWAL_DENY, TestPlatform.admin(), Map.of(), naming(id), null);
            default ->
                fixture.platform.send(Addresses.WITHDRAWAL_CANCEL, member.caller(), Map.of("id", id), null, null);
        };
    }

    @Test
    void everyReviewIsAudited() {
        Member member = fixture.memberWith(1_000);
        String id = fixture.pending(member, "4");
        fixture.deny(id, "seen twice");
        assertThat(fixture.platform.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'audit:%' AND value @> jsonb_build_object('operation', 'withdrawal.deny') AND value #>> '{details,withdrawalId}' = ?",
                        id))
                .isEqualTo(1);
    }

    private static Reply.Refused reviewRefusal(String address, String id) {
        return fixture.platform.refusal(address, TestPlatform.admin(), Map.of(), naming(id));
    }

    private static Reply.Refused cancelRefusal(Member member, String id) {
        return fixture.platform.refusal(Addresses.WITHDRAWAL_CANCEL, member.caller(), Map.of("id", id), null);
    }
}
