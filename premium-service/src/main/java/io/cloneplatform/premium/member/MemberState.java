package io.cloneplatform.premium.member;

import io.cloneplatform.common.json.Money;
import io.cloneplatform.premium.assignment.AssignmentView;

/**
 * What admins see of a member they changed.
 *
 * @param balance the available balance
 * @param accountFrozen whether withdrawals are paused
 * @param freezeAmount the part of an active assignment that the balance does not cover
 * @param freezeReason why withdrawals are paused, or null
 * @param premiumAssignment the open assignment, or null
 */
public record MemberState(
        String id,
        String email,
        String username,
        String name,
        String vipTier,
        Money balance,
        boolean accountFrozen,
        Money freezeAmount,
        String freezeReason,
        AssignmentView premiumAssignment) {}
