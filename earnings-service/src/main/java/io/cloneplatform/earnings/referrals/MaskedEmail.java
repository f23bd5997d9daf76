package io.cloneplatform.earnings.referrals;

/** An e-mail address as others may see it. */
final class MaskedEmail {
    private static final String HIDDEN = "***";

    private MaskedEmail() {}

    /** Keeps the first character and the domain, as in {@code j***@example.com}. */
    static String of(String email) {
        int at = email == null ? -1 : email.lastIndexOf('@');
        if (at < 1) {
            return HIDDEN;
        }
        return email.substring(0, email.offsetByCodePoints(0, 1)) + HIDDEN + email.substring(at);
    }
}
