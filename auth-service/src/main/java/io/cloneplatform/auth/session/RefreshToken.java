package io.cloneplatform.auth.session;

import io.cloneplatform.auth.Secrets;
import io.cloneplatform.common.json.Ids;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A refresh token: the id of its session and a secret, of which the store knows only the hash. */
record RefreshToken(UUID sessionId, String secret) {
    static RefreshToken first(UUID sessionId) {
        return new RefreshToken(sessionId, Secrets.random());
    }

    /** Reads {@code <sessionId>.<secret>}. */
    static Optional<RefreshToken> parse(String text) {
        int dot = text.indexOf('.');
        return dot < 0
                ? Optional.empty()
                : Ids.parse(text.substring(0, dot)).map(id -> new RefreshToken(id, text.substring(dot + 1)));
    }

    /**
     * The token that replaces this one. It follows from this token and the salt of the rotation, so that a parallel use
     * of this token gets the same successor, while neither the salt nor this token alone reveals it.
     */
    RefreshToken successor(String salt) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] next = mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return new RefreshToken(sessionId, Secrets.base64Url(next));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String hash() {
        return Secrets.sha256(secret);
    }

    String text() {
        return sessionId + "." + secret;
    }

    @Override
    public String toString() {
        return sessionId + ".***";
    }
}
