package io.cloneplatform.premium;

import static io.cloneplatform.premium.PremiumFixture.money;
import static io.cloneplatform.premium.PremiumFixture.naming;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.testing.TestPlatform.Member;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ComplianceHoldIT {
    private static PremiumFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new PremiumFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void aHoldShowsItsReasonAndTakesNothing() {
        Member member = fixture.memberWith(100);
        JsonNode user = fixture.freeze(member, "identity check").get("user");
        assertThat(user.get("accountFrozen").asBoolean()).isTrue();
        assertThat(user.get("freezeReason").asText()).isEqualTo("identity check");
        assertThat(money(user.get("freezeAmount"))).isEqualTo(Money.ZERO);
        assertThat(money(user.get("balance"))).isEqualTo(new Money(100));
        assertThat(user.get("premiumAssignment").isNull()).isTrue();
        assertThat(user.has("complianceHold")).isFalse();
        assertThat(fixture.get(member).get("freezeReason").asText()).isEqualTo("identity check");
        assertThat(fixture.user(member).at("/complianceHold/by").asText()).isEqualTo("admin-key");
    }

    @Test
    void aSecondHoldReplacesTheReason() {
        Member member = fixture.memberWith(100);
        fixture.freeze(member, "first");
        assertThat(fixture.freeze(member, "second").at("/user/freezeReason").asText())
                .isEqualTo("second");
    }

    @Test
    void aHoldNeedsAReason() {
        Member member = fixture.memberWith(100);
        assertThat(fixture.refusedToAdmin(Addresses.PREMIUM_FREEZE, naming(member)))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(fixture.refusedToAdmin(
                        Addresses.PREMIUM_FREEZE, naming(member).put("reason", "  ")))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void onlyAnAdminLiftsAHold() {
        Member member = fixture.memberWith(100);
        fixture.freeze(member, "identity check");
        fixture.platform.credit(member, 1_000_000);
        assertThat(fixture.user(member).get("accountFrozen").asBoolean()).isTrue();
        JsonNode user =
                fixture.admin(Addresses.PREMIUM_UNFREEZE, naming(member)).get("user");
        assertThat(user.get("accountFrozen").asBoolean()).isFalse();
        assertThat(user.get("freezeReason").isNull()).isTrue();
        assertThat(fixture.user(member).has("complianceHold")).isFalse();
    }

    @Test
    void liftingNeedsAHold() {
        assertThat(fixture.refusedToAdmin(Addresses.PREMIUM_UNFREEZE, naming(fixture.memberWith(100))))
                .isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void aPremiumFreezeIsNotTheAdminsToLift() {
        Member member = fixture.memberWith(100);
        fixture.assign(member, 5_000);
        fixture.accept(member);
        assertThat(fixture.refusedToAdmin(Addresses.PREMIUM_UNFREEZE, naming(member)))
                .isEqualTo(ErrorCode.WRONG_STATE);
        fixture.freeze(member, "identity check");
        JsonNode user =
                fixture.admin(Addresses.PREMIUM_UNFREEZE, naming(member)).get("user");
        assertThat(user.get("accountFrozen").asBoolean()).isTrue();
        assertThat(money(user.get("freezeAmount"))).isEqualTo(new Money(499_900));
        assertThat(user.get("freezeReason").asText()).contains("premium assignment");
    }

    @Test
    void unknownMembersAreNotFound() {
        Member nobody = new Member(Ids.next(), "nobody", null);
        for (String address : List.of(Addresses.PREMIUM_FREEZE, Addresses.PREMIUM_UNFREEZE)) {
            assertThat(fixture.refusedToAdmin(address, naming(nobody).put("reason", "x")))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(fixture.refusedToAdmin(
                            address, naming(nobody).put("reason", "x").put("userId", "%")))
                    .isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void everyHoldIsAudited() {
        Member member = fixture.memberWith(100);
        fixture.freeze(member, "identity check");
        fixture.admin(Addresses.PREMIUM_UNFREEZE, naming(member));
        assertThat(fixture.platform.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'audit:%' AND value #>> '{details,userId}' = ?",
                        member.id().toString()))
                .isEqualTo(2);
    }
}
