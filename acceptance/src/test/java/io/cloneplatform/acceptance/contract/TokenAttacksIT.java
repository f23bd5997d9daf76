package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.acceptance.contract.World.Member;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens that a lenient verifier takes (RFC 8725): each is refused as if there were none. */
@ExtendWith(RunningPlatform.Shared.class)
class TokenAttacksIT {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int SIGNATURE_BYTES = 64;

    private final RunningPlatform platform;
    private final Member member;
    private final PrivateKey own;
    private final String kid;

    TokenAttacksIT(RunningPlatform platform) throws Exception {
        this.platform = platform;
        this.member = new World(platform).member();
        try (var connection = platform.sql();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT kid, private_key FROM signing_key WHERE retired_at IS NULL")) {
            row.next();
            this.kid = row.getString(1);
            String pem = row.getString(2).replaceAll("-----[A-Z ]+-----|\\s", "");
            this.own = java.security.KeyFactory.getInstance("EC")
                    .generatePrivate(new java.security.spec.PKCS8EncodedKeySpec(
                            Base64.getDecoder().decode(pem)));
        }
    }

    private String header() {
        return "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}";
    }

    private String claims(String changes) {
        long now = Instant.now().getEpochSecond();
        return ("{\"iss\":\"clone-platform\",\"aud\":\"clone-platform\",\"sub\":\"%s\",\"sid\":\"01985a44-9e20-7b32-9d10-6a7c8e0f2b02\","
                        + "\"kind\":\"member\",\"iat\":%d,\"exp\":%d}")
                .formatted(member.id(), now, now + 3_000)
                .replaceFirst("}$", changes.isEmpty() ? "}" : "," + changes + "}");
    }

    private static String encode(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sign(String header, String claims, PrivateKey key) {
        String signed = encode(header) + "." + encode(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String ours(String header, String claims) {
        return sign(header, claims, own);
    }

    private static String hmac(String header, String claims, byte[] secret) throws GeneralSecurityException {
        String signed = encode(header) + "." + encode(claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private int status(String token) {
        return platform.call("GET", "/profile").bearer(token).send().status();
    }

    @Test
    void aTokenOfOursIsTaken() {
        assertThat(status(ours(header(), claims("")))).isEqualTo(200);
    }

    @TestFactory
    Stream<DynamicTest> everyOtherIsRefused() throws Exception {
        return attacks().entrySet().stream()
                .map(attack -> DynamicTest.dynamicTest(attack.getKey(), () -> {
                    Answer answer = platform.call("GET", "/profile")
                            .bearer(attack.getValue())
                            .send();
                    assertThat(answer.status()).isEqualTo(401);
                    assertThat(answer.header("www-authenticate")).isPresent();
                    assertThat(answer.tookMs()).isLessThan(1_000);
                }));
    }

    private Map<String, String> attacks() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair stranger = generator.generateKeyPair();
        JsonNode jwk = platform.call("GET", "/.well-known/jwks.json").ok().at("/keys/0");
        String sound = ours(header(), claims(""));
        String unsigned = encode(header()) + "." + encode(claims("")) + ".";
        long now = Instant.now().getEpochSecond();
        Map<String, String> attacks = new LinkedHashMap<>();
        attacks.put("alg none", encode("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + encode(claims("")) + ".");
        attacks.put("alg None with a signature", ours(header().replace("ES256", "None"), claims("")));
        attacks.put("no signature", unsigned);
        attacks.put("two parts", unsigned.substring(0, unsigned.length() - 1));
        attacks.put("a signature of zeros", unsigned + BASE64.encodeToString(new byte[SIGNATURE_BYTES]));
        for (String secret : new String[] {jwk.toString(), jwk.get("x").asText(), publicKey(), ""}) {
            attacks.put(
                    "HMAC with the public key as " + secret.length() + " characters",
                    hmac(
                            header().replace("ES256", "HS256"),
                            claims(""),
                            (secret + " ").strip().isEmpty() ? new byte[1] : secret.getBytes(StandardCharsets.UTF_8)));
        }
        attacks.put("a stranger's key under our kid", sign(header(), claims(""), stranger.getPrivate()));
        attacks.put(
                "an unknown kid",
                sign(header().replace(kid, "00000000-0000-7000-8000-000000000000"), claims(""), stranger.getPrivate()));
        attacks.put(
                "a kid that is a path",
                sign(header().replace(kid, "../../dev/null"), claims(""), stranger.getPrivate()));
        attacks.put(
                "a key of its own in the header",
                sign(header().replaceFirst("}$", ",\"jwk\":{\"kty\":\"EC\"}}"), claims(""), stranger.getPrivate()));
        attacks.put(
                "a key to be fetched",
                sign(
                        header().replaceFirst("}$", ",\"jku\":\"http://127.0.0.1/keys\"}"),
                        claims(""),
                        stranger.getPrivate()));
        attacks.put(
                "another issuer",
                ours(header(), claims("").replace("\"iss\":\"clone-platform\"", "\"iss\":\"somebody\"")));
        attacks.put(
                "another audience",
                ours(header(), claims("").replace("\"aud\":\"clone-platform\"", "\"aud\":\"somebody\"")));
        attacks.put("no expiry", ours(header(), claims("").replaceFirst(",\"exp\":\\d+", "")));
        attacks.put("expired", ours(header(), claims("").replaceFirst("\"exp\":\\d+", "\"exp\":" + (now - 1))));
        attacks.put(
                "expiry as a text",
                ours(header(), claims("").replaceFirst("\"exp\":\\d+", "\"exp\":\"" + (now + 60) + "\"")));
        attacks.put("expiry below zero", ours(header(), claims("").replaceFirst("\"exp\":\\d+", "\"exp\":-1")));
        attacks.put("not yet valid", ours(header(), claims("\"nbf\":" + (now + 3_000))));
        attacks.put(
                "issued in an hour",
                ours(header(), claims("").replaceFirst("\"iat\":\\d+", "\"iat\":" + (now + 3_600))));
        attacks.put("no session", ours(header(), claims("").replaceFirst(",\"sid\":\"[^\"]+\"", "")));
        attacks.put("another kind", ours(header(), claims("").replace("\"member\"", "\"anon\"")));
        attacks.put(
                "a role instead of a kind",
                ours(header(), claims("").replace("\"kind\":\"member\"", "\"role\":\"service_role\"")));
        attacks.put("claims that are no object", ours(header(), "[]"));
        attacks.put("claims that are no JSON", ours(header(), "{"));
        attacks.put("claims that are deep", ours(header(), claims("\"x\":" + "[".repeat(2_000) + "]".repeat(2_000))));
        attacks.put("a header that is no JSON", ours("{", claims("")));
        attacks.put("another type", ours(header().replace("\"typ\":\"JWT\"", "\"typ\":\"dpop+jwt\""), claims("")));
        attacks.put("a critical extension", ours(header().replaceFirst("}$", ",\"crit\":[\"exp\"]}"), claims("")));
        attacks.put("a claim that is said twice", ours(header(), claims("\"kind\":\"admin\"")));
        attacks.put("a header that is said twice", ours(header().replaceFirst("}$", ",\"alg\":\"none\"}"), claims("")));
        attacks.put("padding", sound + "==");
        attacks.put("rubbish behind it", sound + "AAAA");
        attacks.put("a fourth part", sound + ".AAAA");
        attacks.put("huge", "A".repeat(9_000));
        attacks.put(
                "the claims of another token",
                encode(header()) + "." + encode(claims("\"x\":1")) + sound.substring(sound.lastIndexOf('.')));
        return attacks;
    }

    private String publicKey() throws Exception {
        try (var connection = platform.sql();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT public_key FROM signing_key WHERE retired_at IS NULL")) {
            row.next();
            return row.getString(1);
        }
    }
}
