package io.cloneplatform.withdrawal;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a withdrawal stands; {@link WithdrawalTransition} says how it gets from one state to another. */
public enum WithdrawalStatus {
    PENDING,
    APPROVED,
    DENIED,
    CANCELLED;

    /** The state as documents and clients name it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that name, if there is one. */
    public static Optional<WithdrawalStatus> named(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text().equals(text))
                .findFirst();
    }
}
