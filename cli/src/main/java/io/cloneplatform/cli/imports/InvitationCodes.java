package io.cloneplatform.cli.imports;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;

/** Invitation codes as members typed and printed them, and new ones. */
final class InvitationCodes {
    private static final Pattern USABLE = Pattern.compile("[A-Z0-9]{4,16}");
    private static final String ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private InvitationCodes() {}

    /** A code in the one spelling it is looked up by. */
    static String of(String text) {
        return text.strip().toUpperCase(Locale.ROOT);
    }

    /** Whether signing up accepts it. */
    static boolean usable(String code) {
        return USABLE.matcher(code).matches();
    }

    static String next() {
        StringBuilder code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }
}
