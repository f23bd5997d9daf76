package io.cloneplatform.premium.assignment;

import static io.cloneplatform.premium.assignment.AssignmentStatus.ACTIVE;
import static io.cloneplatform.premium.assignment.AssignmentStatus.OFFERED;

import java.util.EnumSet;
import java.util.Set;

/**
 * The life of a premium assignment as a table: every edge there is, by the event that takes it. A state that no event
 * leaves is final. {@link #COMPLETE} is taken by the earnings service, when a premium product is submitted.
 */
public enum AssignmentTransition {
    ACCEPT(EnumSet.of(OFFERED), ACTIVE),
    COMPLETE(EnumSet.of(ACTIVE), AssignmentStatus.COMPLETED),
    DECLINE(EnumSet.of(OFFERED, ACTIVE), AssignmentStatus.DECLINED),
    REVOKE(EnumSet.of(OFFERED, ACTIVE), AssignmentStatus.REVOKED),
    EXPIRE(EnumSet.of(OFFERED, ACTIVE), AssignmentStatus.EXPIRED);

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final Set<AssignmentStatus> from;

    private final AssignmentStatus to;

    AssignmentTransition(Set<AssignmentStatus> from, AssignmentStatus to) {
        this.from = Set.copyOf(from);
        this.to = to;
    }

    /** Whether it can happen in this state. */
    public boolean leaves(AssignmentStatus status) {
        return from.contains(status);
    }

    /** The state it leads to. */
    public AssignmentStatus to() {
        return to;
    }
}
