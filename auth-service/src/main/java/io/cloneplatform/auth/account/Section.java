package io.cloneplatform.auth.account;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parts of an export in their order. The fields of a document that it does not name stay where they are. */
enum Section {
    STATEMENT("statement", "", ""),
    SUBMISSIONS(
            "submissions",
            "product:",
            "id name value status userEarned premium boostedCommission rejectionReason createdAt reviewedAt"),
    WITHDRAWALS(
            "withdrawals", "withdrawal:", "id amount status requestedAt approvedAt deniedAt cancelledAt denialReason"),
    BONUSES("bonuses", "bonus:", "bonusId name category amount status claimedAt"),
    PREMIUM("premium", "premium:", "id amount position status assignedAt expiresAt acceptedAt endedAt"),
    REFERRALS("referrals", "referral:", ""),
    TICKETS("tickets", "ticket:", ""),
    CONVERSATIONS("conversations", "conversation:", "id title messageCount createdAt"),
    MESSAGES("messages", "message:", ""),
    SESSIONS("sessions", "session:", "id status createdAt expiresAt ip userAgent"),
    ACTIVITY("activity", "audit:", "");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern SPACE = Pattern.compile(" ");

    private final String field;
    private final String prefix;
    private final String shown;

    Section(String field, String prefix, String shown) {
        this.field = field;
        this.prefix = prefix;
        this.shown = shown;
    }

    static Optional<Section> named(String field) {
        return Arrays.stream(values())
                .filter(section -> section.field.equals(field))
                .findFirst();
    }

    /** Its name in the answer. */
    String field() {
        return field;
    }

    /** How the keys of its documents begin. */
    String prefix() {
        return prefix;
    }

    /** The fields of its documents that are shown. */
    String[] shown() {
        return SPACE.split(shown);
    }

    /** Whether a record can be there. */
    boolean accepts(String place) {
        return place.isEmpty() || (this == STATEMENT ? NUMBER.matcher(place).matches() : place.startsWith(prefix));
    }

    /** The section after this one; empty after the last. */
    Optional<Section> next() {
        return Arrays.stream(values())
                .filter(other -> other.compareTo(this) > 0)
                .findFirst();
    }
}
