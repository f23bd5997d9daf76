package io.cloneplatform.premium.assignment;

import io.cloneplatform.common.json.Money;

/**
 * A premium product assigned to a member, as it is stored. Times are ISO-8601 in UTC.
 *
 * @param userEmail the member's e-mail address when it was assigned
 * @param userName the member's name when it was assigned
 * @param position its place on the board, from 1
 * @param acceptedAt when the member accepted it, or null
 * @param endedAt when it was completed, declined, revoked or expired, or null while it is open
 */
public record Assignment(
        String id,
        String userId,
        String userEmail,
        String userName,
        Money amount,
        int position,
        AssignmentStatus status,
        String assignedAt,
        String expiresAt,
        String acceptedAt,
        String endedAt) {

    /**
     * The assignment after an event.
     *
     * @throws IllegalStateException when the table has no such edge
     */
    public Assignment after(AssignmentTransition transition, String at) {
        if (!transition.leaves(status)) {
            throw new IllegalStateException(transition + " cannot happen to an assignment that is " + status);
        }
        AssignmentStatus next = transition.to();
        return new Assignment(
                id,
                userId,
                userEmail,
                userName,
                amount,
                position,
                next,
                assignedAt,
                expiresAt,
                next == AssignmentStatus.ACTIVE ? at : acceptedAt,
                next.open() ? null : at);
    }

    /** What clients see of it. */
    public AssignmentView view() {
        return new AssignmentView(id, amount, position, status, assignedAt, expiresAt, acceptedAt);
    }
}
