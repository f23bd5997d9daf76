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

/** Issues access tokens: JWTs signed with ES256, valid for an hour, naming their session and its subject. */
public final class TokenIssuer {
    /** How long an access token lives. */
    public static final int LIFETIME_SECONDS = 3_600;

    private static final String PLATFORM = "clone-platform";
    private static final String ALGORITHM = "ES256";

    private final JWTAuth jwt;

    TokenIssuer(Vertx vertx, SigningKey key) {
        this.jwt = JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addPubSecKey(new PubSecKeyOptions()
                                .setAlgorithm(ALGORITHM)
                                .setId(key.kid())
                                .setBuffer(key.privateKey())));
    }

    /** An issuer that has signed once: the first signature loads classes for longer than an event loop may wait. */
    static TokenIssuer warm(Vertx vertx, SigningKey key) {
        TokenIssuer issuer = new TokenIssuer(vertx, key);
        issuer.issue(Subject.member(Ids.next(), "nobody"), Ids.next(), Instant.EPOCH);
        return issuer;
    }

    /** A token for a session, issued at the given time. */
    public String issue(Subject subject, UUID sessionId, Instant at) {
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
        return jwt.generateToken(claims, new JWTOptions().setAlgorithm(ALGORITHM));
    }
}
