package io.cloneplatform.cli.imports;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Usernames: what is one, and what becomes of an e-mail address where there is none. */
final class Usernames {
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_.-]{3,50}");
    private static final int LONGEST_STEM = 37;

    /** Where addresses end that were completed. */
    static final String COMPLETED = "@imported.invalid";

    private Usernames() {}

    static boolean isValid(String username) {
        return VALID.matcher(username).matches();
    }

    /** The cleaned local part of an address. */
    static String stem(String email) {
        int at = email.indexOf('@');
        String local = at < 0 ? "" : email.substring(0, at).toLowerCase(Locale.ROOT);
        String cleaned = Texts.line(local.replaceAll("[^a-z0-9_.-]", ""), LONGEST_STEM);
        return cleaned.isEmpty() || email.endsWith(COMPLETED) ? "member" : cleaned;
    }

    /** A username nobody else has. */
    static String unique(String stem, UUID id) {
        // Ids made by hand may differ at their front alone: every digit counts.
        return stem + "-"
                + LegacyIds.named("username:" + id).toString().replace("-", "").substring(20);
    }
}
