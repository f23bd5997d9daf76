package io.cloneplatform.withdrawal;

import static io.cloneplatform.withdrawal.WithdrawalFixture.naming;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FundedReviewIT {
    private WithdrawalFixture fixture;

    @BeforeEach
    void start() {
        fixture = new WithdrawalFixture("PAYOUTS_REQUIRE_FUNDING", "on", "CURRENCY", "EUR");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void fund(long minor) {
        UUID id = Ids.next();
        fixture.platform.execute(
                "SELECT ledger_transfer_post(?, 'funding', ?, NULL, ARRAY['ffffffff-ffff-ffff-ffff-fffffffffff2', 'ffffffff-ffff-ffff-ffff-fffffffffff1']::uuid[], ARRAY['funding', 'funding'], ARRAY[?, ?]::bigint[], ARRAY[0, 0]::bigint[])",
                id,
                id.toString(),
                minor,
                -minor);
    }

    @Test
    void approvalNeedsRecordedFunds() {
        Member member = fixture.memberWith(1_000);
        String id = fixture.pending(member, "4");
        fund(399);
        Reply.Refused refused =
                fixture.platform.refusal(Addresses.WITHDRAWAL_APPROVE, TestPlatform.admin(), Map.of(), naming(id));
        assertThat(refused.code()).isEqualTo(ErrorCode.FUNDING_REQUIRED);
        assertThat(refused.message()).contains("EUR 3.99", "EUR 4.00", "POST /admin/funding");
        assertThat(fixture.platform.held(member)).isEqualTo(400);
        fund(1);
        fixture.approve(id);
        assertThat(fixture.platform.held(member)).isZero();
    }

    @Test
    void anApprovalTypedAsSqlNeedsThemToo() {
        Member member = fixture.memberWith(1_000);
        String key = Keys.withdrawal(member.id(), fixture.pending(member, "4"));
        fund(399);
        String approve =
                "UPDATE kv_store_44a642d3 SET value = jsonb_set(value, '{status}', '\"approved\"') WHERE key = ?";
        assertThatThrownBy(() -> fixture.platform.execute(approve, key)).hasMessageContaining("POST /admin/funding");
        assertThat(fixture.platform.held(member)).isEqualTo(400);
        fund(1);
        fixture.platform.execute(approve, key);
        assertThat(fixture.platform.held(member)).isZero();
    }

    @Test
    void denialNeedsNoFunds() {
        Member member = fixture.memberWith(1_000);
        fixture.deny(fixture.pending(member, "4"), null);
        assertThat(fixture.platform.balance(member)).isEqualTo(1_000);
    }

    @Test
    void aClosedOneIsRefusedForItsStateNotForFunds() {
        Member member = fixture.memberWith(1_000);
        String id = fixture.pending(member, "4");
        fixture.cancel(member, id);
        assertThat(fixture.platform.refused(Addresses.WITHDRAWAL_APPROVE, TestPlatform.admin(), Map.of(), naming(id)))
                .isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void parallelApprovalsPayNoMoreThanTheFunds() {
        fund(3_500);
        Member one = fixture.memberWith(10_000);
        Member two = fixture.memberWith(10_000);
        List<String> ids = IntStream.range(0, 12)
                .mapToObj(n -> fixture.pending(n % 2 == 0 ? one : two, "10"))
                .toList();
        List<Future<Reply>> calls = ids.stream()
                .map(id -> fixture.platform.send(
                        Addresses.WITHDRAWAL_APPROVE, TestPlatform.admin(), Map.of(), naming(id), null))
                .toList();
        assertThat(WithdrawalFixture.succeeded(calls)).isEqualTo(3);
        assertThat(fixture.platform.number("SELECT platform_funds()")).isEqualTo(500);
    }
}
