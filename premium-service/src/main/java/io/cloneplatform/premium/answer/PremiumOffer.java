package io.cloneplatform.premium.answer;

import io.cloneplatform.common.json.Money;
import io.cloneplatform.premium.assignment.AssignmentView;

/** An open assignment with its terms, as its member sees it. */
record PremiumOffer(AssignmentView assignment, Terms terms) {
    /**
     * What the assignment means for the member right now.
     *
     * @param boostedCommission paid on top when it is completed
     * @param wouldFreeze whether withdrawals would pause on accepting, or are paused by it
     * @param freezeAmount the uncovered part that this is about
     * @param text the same in full sentences, with the way to end it
     */
    record Terms(Money boostedCommission, boolean wouldFreeze, Money freezeAmount, String text) {}
}
