package io.cloneplatform.auth.token;

import io.cloneplatform.common.json.Ids;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * A key pair that signs access tokens with ES256.
 *
 * @param kid its id, as in the header of the tokens it signed
 * @param privateKey PKCS#8 as PEM
 * @param publicKey X.509 as PEM
 */
public record SigningKey(String kid, String privateKey, String publicKey) {
    private static final int PEM_LINE = 64;

    /** A new one. */
    public static SigningKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey(
                    Ids.next().toString(),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
                    pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] encoded) {
        byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
        String base64 = Base64.getMimeEncoder(PEM_LINE, newline).encodeToString(encoded);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid + "]";
    }
}
