package io.cloneplatform.premium;

import static io.cloneplatform.premium.PremiumFixture.money;
import static io.cloneplatform.premium.PremiumFixture.naming;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AnswerPremiumIT {
    private static PremiumFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new PremiumFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private Member offered(long balance, int amount) {
        Member member = fixture.memberWith(balance);
        fixture.assign(member, amount);
        return member;
    }

    private Member accepted(long balance, int amount) {
        Member member = offered(balance, amount);
        fixture.accept(member);
        return member;
    }

    private void assertFrozen(Member member, long freezeAmount) {
        JsonNode user = fixture.user(member);
        assertThat(user.get("accountFrozen").asBoolean()).isEqualTo(freezeAmount > 0);
        assertThat(money(user.get("freezeAmount"))).isEqualTo(new Money(freezeAmount));
    }

    @Test
    void withoutAnAssignmentThereIsNothingToSee() {
        JsonNode answer = fixture.get(fixture.memberWith(100));
        assertThat(answer.get("premium").isNull()).isTrue();
        assertThat(answer.get("accountFrozen").asBoolean()).isFalse();
        assertThat(answer.get("freezeReason").isNull()).isTrue();
    }

    @Test
    void showsTheTermsBeforeAnythingIsAccepted() {
        JsonNode answer = fixture.get(offered(150_000, 5_000));
        JsonNode terms = answer.at("/premium/terms");
        assertThat(money(terms.get("boostedCommission"))).isEqualTo(new Money(50_000));
        assertThat(terms.get("wouldFreeze").asBoolean()).isTrue();
        assertThat(money(terms.get("freezeAmount"))).isEqualTo(new Money(350_000));
        assertThat(terms.get("text").asText()).contains("$5000.00", "$500.00", "$3500.00", "decline at any time");
        assertThat(answer.at("/premium/assignment/status").asText()).isEqualTo("offered");
        assertThat(answer.get("accountFrozen").asBoolean()).isFalse();
    }

    @Test
    void termsOfACoveredOfferPauseNothing() {
        JsonNode terms = fixture.get(offered(500_000, 5_000)).at("/premium/terms");
        assertThat(terms.get("wouldFreeze").asBoolean()).isFalse();
        assertThat(money(terms.get("freezeAmount"))).isEqualTo(Money.ZERO);
        assertThat(terms.get("text").asText()).contains("pauses nothing");
    }

    @Test
    void acceptingFreezesTheUncoveredPart() {
        Member member = offered(150_000, 5_000);
        JsonNode answer = fixture.accept(member);
        assertThat(answer.get("message").asText()).isEqualTo("Premium assignment accepted.");
        assertThat(answer.get("accountFrozen").asBoolean()).isTrue();
        assertThat(money(answer.get("freezeAmount"))).isEqualTo(new Money(350_000));
        assertThat(answer.at("/premium/assignment/status").asText()).isEqualTo("active");
        assertThat(answer.at("/premium/assignment/acceptedAt").asText()).endsWith("Z");
        assertThat(answer.at("/premium/terms/wouldFreeze").asBoolean()).isTrue();
        assertThat(fixture.get(member).get("freezeReason").asText()).contains("3500.00");
        assertThat(fixture.latestStatus(member)).isEqualTo("active");
        assertThat(fixture.platform.balance(member)).isEqualTo(150_000);
    }

    @Test
    void acceptingWhatTheBalanceCoversFreezesNothing() {
        Member member = accepted(500_000, 5_000);
        assertFrozen(member, 0);
        fixture.platform.credit(member, -1);
        assertFrozen(member, 0);
        assertThat(fixture.get(member).at("/premium/terms/wouldFreeze").asBoolean())
                .isFalse();
    }

    @Test
    void acceptingTwiceIsRefused() {
        assertThat(fixture.refusedToMember(Addresses.PREMIUM_ACCEPT, accepted(0, 5_000)))
                .isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void acceptingNeedsAnOpenOffer() {
        assertThat(fixture.refusedToMember(Addresses.PREMIUM_ACCEPT, fixture.memberWith(0)))
                .isEqualTo(ErrorCode.NO_ACTIVE_ASSIGNMENT);
        Member late = offered(0, 5_000);
        fixture.runOut(late);
        assertThat(fixture.refusedToMember(Addresses.PREMIUM_ACCEPT, late)).isEqualTo(ErrorCode.NO_ACTIVE_ASSIGNMENT);
        assertFrozen(late, 0);
    }

    @Test
    void aCreditThatCoversTheAmountLiftsTheFreezeForGood() {
        Member member = accepted(150_000, 5_000);
        fixture.platform.credit(member, 100_000);
        assertFrozen(member, 250_000);
        fixture.platform.credit(member, 250_000);
        assertFrozen(member, 0);
        withdraw(member, 400_000);
        assertThat(fixture.platform.balance(member)).isEqualTo(100_000);
        assertFrozen(member, 0);
        JsonNode answer = fixture.get(member);
        assertThat(answer.at("/premium/terms/wouldFreeze").asBoolean()).isFalse();
        assertThat(answer.at("/premium/assignment/status").asText()).isEqualTo("active");
    }

    private static void withdraw(Member member, long minor) {
        Object held = fixture.platform.single(
                "SELECT ledger_hold(gen_random_uuid(), ?, ?, 'withdrawal', gen_random_uuid()::text)",
                member.id(),
                minor);
        assertThat(held).isEqualTo(true);
    }

    @Test
    void noOtherChangeBringsALiftedFreezeBack() {
        Member member = accepted(150_000, 5_000);
        fixture.platform.credit(member, 350_000);
        withdraw(member, 400_000);
        fixture.freeze(member, "identity check");
        fixture.admin(Addresses.PREMIUM_UNFREEZE, naming(member));
        fixture.admin(Addresses.PREMIUM_REFRESH_CACHE, null);
        assertFrozen(member, 0);
    }

    @Test
    void decliningAnOfferEndsIt() {
        Member member = offered(0, 5_000);
        JsonNode answer = fixture.decline(member);
        assertThat(answer.get("message").asText()).isEqualTo("Premium assignment declined.");
        assertThat(answer.get("accountFrozen").asBoolean()).isFalse();
        assertThat(fixture.latestStatus(member)).isEqualTo("declined");
        assertThat(fixture.get(member).get("premium").isNull()).isTrue();
    }

    @Test
    void decliningAnActiveOneEndsItsFreezeAtOnce() {
        Member member = accepted(0, 5_000);
        assertFrozen(member, 500_000);
        JsonNode answer = fixture.decline(member);
        assertThat(money(answer.get("freezeAmount"))).isEqualTo(Money.ZERO);
        assertFrozen(member, 0);
        assertThat(fixture.user(member).has("premiumAssignment")).isFalse();
        assertThat(fixture.latestStatus(member)).isEqualTo("declined");
    }

    @Test
    void decliningDoesNotLiftAnAdminsHold() {
        Member member = accepted(0, 5_000);
        fixture.freeze(member, "identity check");
        JsonNode answer = fixture.decline(member);
        assertThat(answer.get("accountFrozen").asBoolean()).isTrue();
        assertThat(money(answer.get("freezeAmount"))).isEqualTo(Money.ZERO);
    }

    @Test
    void decliningNeedsAnOpenAssignment() {
        Member member = offered(0, 5_000);
        fixture.decline(member);
        assertThat(fixture.refusedToMember(Addresses.PREMIUM_DECLINE, member))
                .isEqualTo(ErrorCode.NO_ACTIVE_ASSIGNMENT);
    }

    @Test
    void readingAnAssignmentWhoseTimeHasRunOutEndsIt() {
        Member member = accepted(0, 5_000);
        fixture.runOut(member);
        JsonNode answer = fixture.get(member);
        assertThat(answer.get("premium").isNull()).isTrue();
        assertThat(answer.get("accountFrozen").asBoolean()).isFalse();
        assertThat(fixture.latestStatus(member)).isEqualTo("expired");
    }

    @Test
    void parallelAnswersEndInOneState() {
        Member member = offered(0, 5_000);
        List<Future<Reply>> calls = IntStream.range(0, 30)
                .mapToObj(n -> switch (n % 3) {
                    case 0 -> fixture.sendAsMember(Addresses.PREMIUM_ACCEPT, member);
                    case 1 -> fixture.sendAsMember(Addresses.PREMIUM_DECLINE, member);
                    default -> fixture.sendAsAdmin(Addresses.PREMIUM_REVOKE, naming(member));
                })
                .toList();
        long ended = IntStream.range(0, 30)
                .filter(n -> calls.get(n).await() instanceof Reply.Done && n % 3 != 0)
                .count();
        assertThat(ended).isEqualTo(1);
        assertThat(fixture.latestStatus(member)).isIn("declined", "revoked");
        assertFrozen(member, 0);
    }

    @Test
    void aMemberWhoIsGoneIsNotAuthenticated() {
        assertThat(fixture.refusedToMember(Addresses.PREMIUM_GET, new Member(Ids.next(), "nobody", null)))
                .isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
}
