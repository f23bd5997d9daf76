package io.cloneplatform.auth.secondfactor;

import io.cloneplatform.auth.Secrets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Base32;

/** Codes for the day on which the device is lost: ten of 80 bits, each good once. */
final class RecoveryCodes {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NUMBER = 10;
    private static final int BYTES = 10;

    private RecoveryCodes() {}

    /** New codes, as they are shown once. */
    static List<String> make() {
        return Stream.generate(RecoveryCodes::one).limit(NUMBER).toList();
    }

    private static String one() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String letters = new Base32().encodeToString(bytes).toLowerCase(Locale.ROOT);
        return letters.replaceAll("(.{4})(?!$)", "$1-");
    }

    /** The form in which a code is stored, whatever dashes, spaces and capitals it was typed with. */
    static String hash(String typed) {
        return Secrets.sha256(typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT));
    }
}
