package io.cloneplatform.auth.signup;

import java.security.SecureRandom;
import java.util.Locale;

/** Usernames made from e-mail addresses: the cleaned local part, then the same with random digits until one is free. */
final class DerivedUsername {
    /** How many candidates are tried; the last ones have so many digits that a collision is out of the question. */
    static final int ATTEMPTS = 8;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SHORTEST = 3;
    private static final int LONGEST_STEM = 40;

    private DerivedUsername() {}

    /** The candidate of an attempt, counted from 0. */
    static String candidate(String email, int attempt) {
        String stem = stem(email);
        return attempt == 0 && stem.length() >= SHORTEST ? stem : stem + digits(attempt + 2);
    }

    private static String stem(String email) {
        int at = email.indexOf('@');
        String local = at < 0 ? email : email.substring(0, at);
        String cleaned = local.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]", "");
        String stem = cleaned.isEmpty() ? "member" : cleaned;
        return stem.length() > LONGEST_STEM ? stem.substring(0, LONGEST_STEM) : stem;
    }

    private static String digits(int count) {
        StringBuilder digits = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            digits.append(RANDOM.nextInt(10));
        }
        return digits.toString();
    }
}
