package io.cloneplatform.premium.overview;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.premium.assignment.AssignmentView;
import io.cloneplatform.premium.member.MemberState;

/**
 * An open assignment as admins see it in a list.
 *
 * @param analysed what old clients read of it in the analytics; null and left out elsewhere
 */
record Listing(
        String userId,
        String userEmail,
        String userName,
        AssignmentView assignment,
        Money currentBalance,
        boolean accountFrozen,
        Money freezeAmount,
        @JsonUnwrapped Analysed analysed) {

    /** The assignment once more, in fields of their own. */
    record Analysed(Money amount, int position, String assignedAt, @JsonProperty("isFrozen") boolean isFrozen) {
        static Analysed of(ListedAssignment listed) {
            AssignmentView assignment = listed.assignment();
            return new Analysed(
                    assignment.amount(),
                    assignment.position(),
                    assignment.assignedAt(),
                    listed.member().accountFrozen());
        }
    }

    static Listing of(ListedAssignment listed) {
        return of(listed, null);
    }

    static Listing analysed(ListedAssignment listed) {
        return of(listed, Analysed.of(listed));
    }

    private static Listing of(ListedAssignment listed, Analysed analysed) {
        MemberState member = listed.member();
        return new Listing(
                member.id(),
                member.email(),
                member.name(),
                listed.assignment(),
                member.balance(),
                member.accountFrozen(),
                member.freezeAmount(),
                analysed);
    }
}
