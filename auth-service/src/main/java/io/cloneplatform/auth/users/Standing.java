package io.cloneplatform.auth.users;

import io.cloneplatform.common.json.Money;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands between a member and leaving, read under the lock on their account.
 *
 * @param balance what is available
 * @param held what is held for pending withdrawals
 * @param waiting whether a submission waits for review
 */
record Standing(Money balance, Money held, boolean waiting, String email, String name) {
    /** Why the member cannot leave yet, each as the end of a sentence about the account; empty when nothing is in the way. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        if (balance.minor() != 0) {
            reasons.add("has " + balance.text() + " available, to be withdrawn first");
        }
        if (held.minor() != 0) {
            reasons.add("has " + held.text() + " in withdrawals that are pending, to be decided or cancelled first");
        }
        if (waiting) {
            reasons.add("has a submission that waits for review");
        }
        return reasons;
    }
}
