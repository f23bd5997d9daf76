package io.cloneplatform.premium.answer;

import io.cloneplatform.common.json.Money;
import io.cloneplatform.premium.Prices;
import io.cloneplatform.premium.assignment.AssignmentStatus;
import io.cloneplatform.premium.assignment.AssignmentView;
import io.cloneplatform.premium.assignment.Boost;
import io.cloneplatform.premium.member.MemberState;

/** Says what an open assignment means for its member, before anything is accepted. */
public final class Offers {
    private final Boost boost;
    private final Prices prices;

    public Offers(Boost boost, Prices prices) {
        this.boost = boost;
        this.prices = prices;
    }

    /** The member's open assignment with its terms; the member must have one. */
    PremiumOffer of(MemberState member) {
        AssignmentView assignment = member.premiumAssignment();
        Money boosted = boost.of(assignment.amount());
        Money uncovered = uncovered(member, assignment);
        String text = reward(assignment, boosted) + " " + pause(assignment, uncovered) + " " + end(assignment);
        return new PremiumOffer(assignment, new PremiumOffer.Terms(boosted, uncovered.minor() > 0, uncovered, text));
    }

    // An active assignment whose freeze has lifted never freezes again, so its uncovered part is what still freezes.
    private static Money uncovered(MemberState member, AssignmentView assignment) {
        if (assignment.status() == AssignmentStatus.ACTIVE) {
            return member.freezeAmount();
        }
        Money missing = assignment.amount().minus(member.balance());
        return missing.minor() > 0 ? missing : Money.ZERO;
    }

    private String reward(AssignmentView assignment, Money boosted) {
        return "Completing it, by submitting a premium product of " + prices.show(assignment.amount()) + ", pays "
                + prices.show(boosted) + " on top of your share.";
    }

    private String pause(AssignmentView assignment, Money uncovered) {
        boolean active = assignment.status() == AssignmentStatus.ACTIVE;
        if (uncovered.minor() == 0) {
            return active ? "It pauses nothing." : "Your available balance covers it: accepting it now pauses nothing.";
        }
        return (active ? "New withdrawals are paused" : "If you accept it now, new withdrawals pause")
                + ", because your available balance does not cover " + prices.show(uncovered)
                + " of it, until your balance does or the assignment ends.";
    }

    private static String end(AssignmentView assignment) {
        return "You can decline at any time, which ends it and any pause at once. It ends by itself on "
                + assignment.expiresAt().substring(0, "2026-01-31".length()) + ".";
    }
}
