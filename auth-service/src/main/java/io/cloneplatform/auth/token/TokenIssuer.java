package io.cloneplatform.auth.token;

import io.cloneplatform.common.json.Ids;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Instant;
import java.util.UUID;

/**
 * Issues access tokens: JWTs signed with ES256, valid for an hour, naming their session and its subject. The key may become
 * another one at any time.
 */
public final class TokenIssuer {
    /** How long an access token lives. */
    public static final int LIFETIME_SECONDS = 3_600;

    private static final String PLATFORM = "clone-platform";
    private static final String ALGORITHM = "ES256";

    private final Vertx vertx;
    private volatile Signer signer;

    private record Signer(String kid, JWTAuth jwt) {}

    private TokenIssuer(Vertx vertx) {
        this.vertx = vertx;
    }

    private static Signer signer(Vertx vertx, SigningKey key) {
        JWTAuth jwt = JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addPubSecKey(new PubSecKeyOptions()
                                .setAlgorithm(ALGORITHM)
                                .setId(key.kid())
                                .setBuffer(key.privateKey())));
        return new Signer(key.kid(), jwt);
    }

    /** An issuer that signs with a key; blocks, so not for an event loop. */
    static TokenIssuer with(Vertx vertx, SigningKey key) {
        TokenIssuer issuer = new TokenIssuer(vertx);
        issuer.use(key);
        return issuer;
    }

    /**
     * Signs with this key from now on, after a first signature: that one loads classes for longer than an event loop may wait.
     * Blocks.
     */
    void use(SigningKey key) {
        if (signer == null || !signer.kid().equals(key.kid())) {
            Signer next = signer(vertx, key);
            issue(next, Subject.member(Ids.next(), "nobody"), Ids.next(), Instant.EPOCH);
            signer = next;
        }
    }

    /** A token for a session, issued at the given time. */
    public String issue(Subject subject, UUID sessionId, Instant at) {
        return issue(signer, subject, sessionId, at);
    }

    private static String issue(Signer signer, Subject subject, UUID sessionId, Instant at) {
        long issuedAt = at.getEpochSecond();
        JsonObject claims = new JsonObject()
                .put("iss", PLATFORM)
                .put("aud", PLATFORM)
                .put("sub", subject.id().toString())
                .put("sid", sessionId.toString())
                .put("kind", subject.kind())
                .put("iat", issuedAt)
                .put("exp", issuedAt + LIFETIME_SECONDS);
        if (subject.name() != null) {
            claims.put("name", subject.name());
        }
        if (subject.kind().equals(Subject.ADMIN)) {
            claims.put("permissions", new JsonArray(subject.permissions()));
        }
        return signer.jwt().generateToken(claims, new JWTOptions().setAlgorithm(ALGORITHM));
    }
}
