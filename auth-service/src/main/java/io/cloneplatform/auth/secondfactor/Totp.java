package io.cloneplatform.auth.secondfactor;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/** Codes by time (RFC 6238) as every authenticator app makes them: six digits, 30 seconds, HMAC-SHA-1. */
final class Totp {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 20;
    private static final int STEP_SECONDS = 30;
    private static final String ISSUER = "Clone Platform";

    private final TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator();
    private final Base32 base32 = new Base32();

    /** A new secret of 160 bits in base 32. */
    String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return base32.encodeToString(secret);
    }

    /** What an authenticator app reads from a QR code. */
    static String uri(String username, String secret) {
        String issuer = encode(ISSUER);
        return "otpauth://totp/" + issuer + ":" + encode(username) + "?secret=" + secret + "&issuer=" + issuer;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * The step whose code this is, out of the current one and its neighbours: clocks differ, and typing takes time.
     *
     * @param after the last step of which a code was taken; that one and earlier ones are used up
     */
    OptionalLong step(String secret, String code, Instant now, long after) {
        long current = now.getEpochSecond() / STEP_SECONDS;
        return LongStream.of(current - 1, current, current + 1)
                .filter(step -> MessageDigest.isEqual(bytes(code(secret, step)), bytes(code)))
                .filter(step -> step > after)
                .findFirst();
    }

    /** The code of a step. */
    String code(String secret, long step) {
        try {
            return generator.generateOneTimePasswordString(
                    new SecretKeySpec(base32.decode(secret), generator.getAlgorithm()),
                    Instant.ofEpochSecond(step * STEP_SECONDS));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
