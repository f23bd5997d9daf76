package io.cloneplatform.premium.assignment;

import io.cloneplatform.common.json.Money;

/** An assignment as the member and admins see it. */
public record AssignmentView(
        String id,
        Money amount,
        int position,
        AssignmentStatus status,
        String assignedAt,
        String expiresAt,
        String acceptedAt) {

    /** Whether its time has run out, swept up already or not. */
    public boolean overdue(String now) {
        return expiresAt.compareTo(now) <= 0;
    }
}
