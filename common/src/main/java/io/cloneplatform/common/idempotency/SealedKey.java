package io.cloneplatform.common.idempotency;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An idempotency key as the database may see it. The row is found by a hash of caller and key; the request's fingerprint
 * is keyed with it and the stored answer is encrypted under it, so that the table alone reveals neither a password that
 * was in the request nor a token that was in the answer.
 */
public final class SealedKey {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final byte[] hash;
    private final byte[] fingerprint;
    private final SecretKeySpec cipherKey;

    /** The key of a request that carries one. */
    public SealedKey(Request request) {
        String caller = request.caller().kind() + "/" + request.caller().id();
        byte[] secret = (caller + "\n" + request.idempotencyKey()).getBytes(StandardCharsets.UTF_8);
        this.hash = sha256("row", secret);
        this.fingerprint = hmac(sha256("fingerprint", secret), canonical(request));
        this.cipherKey = new SecretKeySpec(sha256("reply", secret), "AES");
    }

    /** What finds the row. */
    public byte[] hash() {
        return hash.clone();
    }

    /** What tells one request from another under the same key. */
    public byte[] fingerprint() {
        return fingerprint.clone();
    }

    boolean sameRequest(byte[] storedFingerprint) {
        return MessageDigest.isEqual(fingerprint, storedFingerprint);
    }

    /** Encrypts an answer. */
    public byte[] seal(byte[] reply) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, reply);
        byte[] stored = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, stored, NONCE_BYTES, sealed.length);
        return stored;
    }

    /** Decrypts what {@link #seal} made. */
    public byte[] open(byte[] stored) {
        byte[] nonce = Arrays.copyOf(stored, NONCE_BYTES);
        return crypt(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(stored, NONCE_BYTES, stored.length));
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, cipherKey, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    // Two bodies that say the same in other letters are the same request.
    private static byte[] canonical(Request request) {
        ObjectNode all = Json.object().put("operation", request.operation());
        all.set("params", Json.MAPPER.valueToTree(request.params()));
        all.set("body", request.body() == null ? JsonNodeFactory.instance.nullNode() : request.body());
        return CanonicalJson.text(all).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(String purpose, byte[] secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(purpose.getBytes(StandardCharsets.UTF_8));
            return digest.digest(secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
