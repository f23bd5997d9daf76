package io.cloneplatform.auth.token;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;

/** Public keys as a JSON Web Key Set (RFC 7517, RFC 7518 section 6.2). */
final class Jwks {
    private static final int COORDINATE_BYTES = 32;

    private Jwks() {}

    /** The set of keys that are given as PEM by their ids. */
    static ObjectNode of(Map<String, String> pemByKid) {
        ObjectNode set = Json.object();
        ArrayNode keys = set.putArray("keys");
        pemByKid.forEach((kid, pem) -> {
            ECPublicKey key = read(pem);
            keys.addObject()
                    .put("kty", "EC")
                    .put("crv", "P-256")
                    .put("use", "sig")
                    .put("alg", "ES256")
                    .put("kid", kid)
                    .put("x", coordinate(key.getW().getAffineX()))
                    .put("y", coordinate(key.getW().getAffineY()));
        });
        return set;
    }

    private static ECPublicKey read(String pem) {
        String base64 = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
        try {
            return (ECPublicKey) KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] padded = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, padded, COORDINATE_BYTES - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(padded);
    }
}
