package io.cloneplatform.premium;

import static io.cloneplatform.premium.PremiumFixture.money;
import static io.cloneplatform.premium.PremiumFixture.naming;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PremiumOverviewIT {
    private PremiumFixture fixture;

    @BeforeEach
    void start() {
        fixture = new PremiumFixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Member assigned(long balance, int amount) {
        Member member = fixture.memberWith(balance);
        fixture.assign(member, amount);
        return member;
    }

    private JsonNode list(Map<String, String> params) {
        return fixture.platform.ok(Addresses.PREMIUM_LIST, TestPlatform.admin(), params, null);
    }

    private JsonNode analytics() {
        return fixture.admin(Addresses.PREMIUM_ANALYTICS, null).get("analytics");
    }

    private static List<String> members(JsonNode answer) {
        List<String> members = new ArrayList<>();
        answer.get("assignments").forEach(row -> members.add(row.get("userId").asText()));
        return members;
    }

    @Test
    void listsOfferedAndActiveOnesNewestFirst() {
        Member active = assigned(150_000, 5_000);
        fixture.accept(active);
        Member offered = assigned(0, 20);
        fixture.decline(assigned(0, 30));
        JsonNode answer = list(Map.of());
        assertThat(members(answer))
                .containsExactly(offered.id().toString(), active.id().toString());
        assertThat(answer.get("total").asLong()).isEqualTo(2);
        assertThat(answer.get("nextCursor").isNull()).isTrue();
        JsonNode row = answer.at("/assignments/1");
        assertThat(row.get("userName").asText()).isEqualTo(active.name());
        assertThat(row.at("/assignment/status").asText()).isEqualTo("active");
        assertThat(money(row.at("/assignment/amount"))).isEqualTo(new Money(500_000));
        assertThat(money(row.get("currentBalance"))).isEqualTo(new Money(150_000));
        assertThat(row.get("accountFrozen").asBoolean()).isTrue();
        assertThat(money(row.get("freezeAmount"))).isEqualTo(new Money(350_000));
        assertThat(row.has("isFrozen")).isFalse();
    }

    @Test
    void listsPageByCursorAndByOffset() {
        List<String> newestFirst = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            Member member = assigned(0, 10 + n);
            newestFirst.add(0, member.id().toString());
            if (n % 2 == 0) {
                fixture.accept(member);
            }
        }
        List<String> seen = new ArrayList<>();
        JsonNode page = list(Map.of("limit", "2"));
        seen.addAll(members(page));
        while (!page.get("nextCursor").isNull()) {
            page = list(Map.of("limit", "2", "cursor", page.get("nextCursor").asText()));
            seen.addAll(members(page));
        }
        assertThat(seen).isEqualTo(newestFirst);
        assertThat(members(list(Map.of("limit", "2", "offset", "3")))).isEqualTo(newestFirst.subList(3, 5));
    }

    @Test
    void analyticsSumTheOpenOnes() {
        fixture.accept(assigned(0, 100));
        fixture.accept(assigned(1_000_000, 50));
        assigned(0, 51);
        fixture.decline(assigned(0, 1_000));
        JsonNode analytics = analytics();
        assertThat(analytics.get("totalAssignments").asLong()).isEqualTo(3);
        assertThat(money(analytics.get("totalPremiumValue"))).isEqualTo(new Money(20_100));
        assertThat(money(analytics.get("averageValue"))).isEqualTo(new Money(6_700));
        assertThat(analytics.get("frozenAccounts").asLong()).isEqualTo(1);
        assertThat(analytics.get("unfrozenAccounts").asLong()).isEqualTo(2);
        assertThat(analytics.get("assignments")).hasSize(3);
        assertThat(analytics.at("/assignments/2/isFrozen").asBoolean()).isTrue();
        assertThat(analytics.get("assignments")).allSatisfy(listed -> {
            for (String field : List.of("amount", "position", "assignedAt")) {
                assertThat(listed.get(field)).isNotNull().isEqualTo(listed.at("/assignment/" + field));
            }
        });
        assertThat(analytics.at("/assignments/0/isFrozen").asBoolean(true)).isFalse();
    }

    @Test
    void analyticsOfNothingAreZero() {
        JsonNode analytics = analytics();
        assertThat(money(analytics.get("averageValue"))).isEqualTo(Money.ZERO);
        assertThat(analytics.get("assignments")).isEmpty();
        assertThat(analytics.get("monthly")).hasSize(12);
    }

    @Test
    void analyticsCountEventsInTheMonthTheyHappened() {
        assigned(0, 10);
        fixture.decline(assigned(0, 10));
        fixture.admin(Addresses.PREMIUM_REVOKE, naming(assigned(0, 10)));
        Member late = assigned(0, 10);
        fixture.runOut(late);
        fixture.get(late);
        YearMonth now = YearMonth.now(ZoneOffset.UTC);
        Member early = assigned(0, 10);
        fixture.accept(early);
        completeInThePast(early, now.minusMonths(2) + "-15T00:00:00.000Z", now.minusMonths(1) + "-15T00:00:00.000Z");
        JsonNode monthly = analytics().get("monthly");
        assertThat(monthly.get(11).toString())
                .isEqualTo("{\"month\":\"" + now
                        + "\",\"assigned\":4,\"completed\":0,\"declined\":1,\"revoked\":1,\"expired\":1}");
        assertThat(monthly.get(10).get("completed").asLong()).isEqualTo(1);
        assertThat(monthly.get(9).get("assigned").asLong()).isEqualTo(1);
        assertThat(monthly.get(0).get("month").asText())
                .isEqualTo(now.minusMonths(11).toString());
    }

    private void completeInThePast(Member member, String assignedAt, String endedAt) {
        fixture.platform.execute(
                "UPDATE kv_store_44a642d3 SET value = value || jsonb_build_object('status', 'completed', 'assignedAt', ?::text, 'endedAt', ?::text) WHERE key LIKE ?",
                assignedAt,
                endedAt,
                Keys.premium(member.id(), "%"));
    }

    @Test
    void refreshingRebuildsWhatMembersShow() {
        Member active = assigned(0, 100);
        fixture.accept(active);
        Member stale = assigned(0, 100);
        fixture.accept(stale);
        Member lost = assigned(0, 100);
        JsonNode before = fixture.user(active);
        fixture.platform.execute(
                "UPDATE kv_store_44a642d3 SET value = value || '{\"accountFrozen\": false, \"freezeReason\": null}' WHERE key = ?",
                Keys.user(active.id()));
        fixture.platform.execute(
                "UPDATE kv_store_44a642d3 SET value = value || '{\"status\": \"completed\"}' WHERE key LIKE ?",
                Keys.premium(stale.id(), "%"));
        fixture.platform.execute(
                "UPDATE kv_store_44a642d3 SET value = value - 'premiumAssignment' WHERE key = ?", Keys.user(lost.id()));
        JsonNode answer = fixture.admin(Addresses.PREMIUM_REFRESH_CACHE, null);
        assertThat(answer.get("refreshed").asInt()).isEqualTo(2);
        assertThat(answer.get("tookMs").asInt()).isNotNegative();
        assertThat(fixture.user(active)).isEqualTo(before);
        assertThat(fixture.user(stale).has("premiumAssignment")).isFalse();
        assertThat(fixture.user(stale).get("accountFrozen").asBoolean()).isFalse();
        assertThat(fixture.user(lost).at("/premiumAssignment/status").asText()).isEqualTo("offered");
    }

    @Test
    void refreshingWithoutAssignmentsDoesNothing() {
        assertThat(fixture.admin(Addresses.PREMIUM_REFRESH_CACHE, null)
                        .get("refreshed")
                        .asInt())
                .isZero();
    }
}
