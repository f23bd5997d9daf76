package io.cloneplatform.premium.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.premium.assignment.AssignmentView;
import io.cloneplatform.premium.member.MemberState;

/**
 * An open assignment as admins see it in a list.
 *
 * @param isFrozen the same as {@code accountFrozen}, in the analytics alone; null and left out elsewhere
 */
record Listing(
        String userId,
        String userEmail,
        String userName,
        AssignmentView assignment,
        Money currentBalance,
        boolean accountFrozen,
        Money freezeAmount,
        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("isFrozen") Boolean isFrozen) {

    static Listing of(ListedAssignment listed) {
        return of(listed, null);
    }

    static Listing analysed(ListedAssignment listed) {
        return of(listed, listed.member().accountFrozen());
    }

    private static Listing of(ListedAssignment listed, Boolean isFrozen) {
        MemberState member = listed.member();
        return new Listing(
                member.id(),
                member.email(),
                member.name(),
                listed.assignment(),
                member.balance(),
                member.accountFrozen(),
                member.freezeAmount(),
                isFrozen);
    }
}
