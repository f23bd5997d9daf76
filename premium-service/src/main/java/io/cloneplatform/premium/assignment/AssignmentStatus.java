package io.cloneplatform.premium.assignment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** Where a premium assignment stands; {@link AssignmentTransition} says how it gets from one state to another. */
public enum AssignmentStatus {
    OFFERED,
    ACTIVE,
    COMPLETED,
    DECLINED,
    REVOKED,
    EXPIRED;

    /** The state as documents and clients name it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether something can still happen to it; a member has at most one such assignment. */
    public boolean open() {
        return Arrays.stream(AssignmentTransition.values()).anyMatch(transition -> transition.leaves(this));
    }
}
