package io.cloneplatform.withdrawal;

import static io.cloneplatform.withdrawal.WithdrawalFixture.money;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WithdrawalListsIT {
    private WithdrawalFixture fixture;
    private Member member;

    @BeforeEach
    void start() {
        fixture = new WithdrawalFixture();
        member = fixture.memberWith(100_000);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static List<String> ids(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        answer.get("withdrawals")
                .forEach(withdrawal -> ids.add(withdrawal.get("id").asText()));
        return ids;
    }

    private List<String> pending(int count) {
        return Stream.generate(() -> fixture.pending(member, "1")).limit(count).toList();
    }

    private void age(String id, String interval) {
        fixture.platform.execute(
                "UPDATE kv_store_44a642d3 SET created_at = now() - '" + interval + "'::interval WHERE key = ?",
                Keys.withdrawal(member.id(), id));
    }

    @Test
    void historyShowsOnlyTheCallersNewestFirst() {
        List<String> ids = pending(3);
        fixture.withdraw(fixture.memberWith(100), "1");
        String imported = fixture.importedClosed(member, 1, "approved");
        assertThat(ids(fixture.history(member, Map.of())))
                .containsExactly(ids.get(2), ids.get(1), ids.get(0), imported);
    }

    @Test
    void historySumsCoverEverythingWhateverIsShown() {
        fixture.approve(fixture.pending(member, "10"));
        fixture.deny(fixture.pending(member, "20.5"), null);
        fixture.cancel(member, fixture.pending(member, "40"));
        fixture.pending(member, "80");
        JsonNode answer = fixture.history(member, Map.of("status", "denied", "limit", "1"));
        assertThat(answer.get("total").asLong()).isEqualTo(1);
        assertThat(answer.at("/withdrawals/0/status").asText()).isEqualTo("denied");
        assertThat(money(answer.get("totalRequested"))).isEqualTo(new Money(15_050));
        assertThat(money(answer.get("totalApproved"))).isEqualTo(new Money(1_000));
        assertThat(money(answer.get("totalPending"))).isEqualTo(new Money(8_000));
    }

    @Test
    void anEmptyHistoryHasZeroSums() {
        JsonNode answer = fixture.history(fixture.memberWith(0), Map.of());
        assertThat(answer.get("withdrawals")).isEmpty();
        assertThat(answer.get("total").asLong()).isZero();
        assertThat(money(answer.get("totalRequested"))).isEqualTo(Money.ZERO);
        assertThat(answer.get("nextCursor").isNull()).isTrue();
    }

    @Test
    void historyPagesByCursorAndByOffset() {
        List<String> newestFirst = new ArrayList<>(pending(5));
        java.util.Collections.reverse(newestFirst);
        assertThat(walk(params -> fixture.history(member, params))).isEqualTo(newestFirst);
        assertThat(ids(fixture.history(member, Map.of("limit", "2", "offset", "3"))))
                .isEqualTo(newestFirst.subList(3, 5));
    }

    @Test
    void theQueueShowsPendingOnesOldestFirst() {
        List<String> ids = pending(3);
        fixture.approve(ids.get(1));
        JsonNode answer = fixture.queue(Map.of());
        assertThat(ids(answer)).containsExactly(ids.get(0), ids.get(2));
        assertThat(answer.get("total").asLong()).isEqualTo(2);
        assertThat(answer.get("totalPending").asLong()).isEqualTo(2);
        assertThat(money(answer.get("totalAmount"))).isEqualTo(new Money(200));
    }

    @Test
    void theQueueShowsAnotherStateOrAll() {
        List<String> ids = pending(4);
        fixture.approve(ids.get(0));
        fixture.deny(ids.get(2), null);
        JsonNode approved = fixture.queue(Map.of("status", "approved"));
        assertThat(ids(approved)).containsExactly(ids.get(0));
        assertThat(approved.get("totalPending").asLong()).isEqualTo(2);
        JsonNode all = fixture.queue(Map.of("status", "all"));
        assertThat(ids(all)).isEqualTo(ids);
        assertThat(all.get("total").asLong()).isEqualTo(4);
    }

    @Test
    void theQueuePagesByCursorAndByOffsetAcrossStates() {
        List<String> ids = pending(5);
        fixture.approve(ids.get(1));
        fixture.deny(ids.get(3), null);
        assertThat(walk(params -> fixture.queue(with(params, "status", "all")))).isEqualTo(ids);
        assertThat(ids(fixture.queue(Map.of("status", "all", "limit", "2", "offset", "2"))))
                .isEqualTo(ids.subList(2, 4));
    }

    @Test
    void theQueueLeavesOutWhatIsYoungerThanAsked() {
        List<String> ids = pending(3);
        age(ids.get(2), "49 hours");
        age(ids.get(1), "47 hours");
        JsonNode answer = fixture.queue(Map.of("olderThanHours", "48"));
        assertThat(ids(answer)).containsExactly(ids.get(2));
        assertThat(answer.get("total").asLong()).isEqualTo(1);
        assertThat(answer.get("totalPending").asLong()).isEqualTo(3);
        assertThat(ids(fixture.queue(Map.of("olderThanHours", "1")))).containsExactly(ids.get(2), ids.get(1));
    }

    @Test
    void refusesACursorItDidNotMakeAndAStatusThatDoesNotExist() {
        for (String text : List.of("nonsense", "99999999999999999 key", "1 ", "-1 key", "")) {
            String cursor = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
            assertThat(fixture.platform.refused(
                            Addresses.WITHDRAWAL_HISTORY, member.caller(), Map.of("cursor", cursor), null))
                    .isEqualTo(ErrorCode.VALIDATION_FAILED);
        }
        assertThat(fixture.platform.refused(
                        Addresses.WITHDRAWAL_HISTORY, member.caller(), Map.of("status", "lost"), null))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(fixture.platform.refused(
                        Addresses.WITHDRAWAL_REVIEW_QUEUE, TestPlatform.admin(), Map.of("status", "lost"), null))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
    }

    private static List<String> walk(Function<Map<String, String>, JsonNode> list) {
        List<String> seen = new ArrayList<>();
        JsonNode page = list.apply(Map.of("limit", "2"));
        seen.addAll(ids(page));
        while (!page.get("nextCursor").isNull()) {
            page = list.apply(
                    Map.of("limit", "2", "cursor", page.get("nextCursor").asText()));
            seen.addAll(ids(page));
        }
        return seen;
    }

    private static Map<String, String> with(Map<String, String> params, String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(params);
        more.put(name, value);
        return more;
    }
}
