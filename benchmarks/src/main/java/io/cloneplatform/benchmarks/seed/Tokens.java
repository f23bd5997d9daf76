package io.cloneplatform.benchmarks.seed;

import io.cloneplatform.benchmarks.stage.Database;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Makes access tokens as signing in would give them, signed with the platform's own key. */
public final class Tokens implements AutoCloseable {
    private static final String PLATFORM = "clone-platform";
    private static final String ALGORITHM = "ES256";
    private static final JWTOptions SIGNED = new JWTOptions().setAlgorithm(ALGORITHM);
    private static final long LIFETIME_SECONDS = 6 * 3_600L; // longer than any run

    private static final String NEWEST_KEY =
            "SELECT kid, private_key FROM signing_key WHERE retired_at IS NULL ORDER BY created_at DESC, kid DESC LIMIT 1";

    private final Vertx vertx = Vertx.vertx();
    private final JWTAuth signer;

    /** Reads the key of the platform that has started on a database. */
    public Tokens(Database database) {
        List<String> key = database.rows(NEWEST_KEY).get(0);
        this.signer = JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addPubSecKey(new PubSecKeyOptions()
                                .setAlgorithm(ALGORITHM)
                                .setId(key.get(0))
                                .setBuffer(key.get(1))));
    }

    /** A token of a member, for a session of its own. */
    public String mint(long member) {
        return signer.generateToken(claims(member, Instant.now().getEpochSecond()), SIGNED);
    }

    private static JsonObject claims(long number, long now) {
        return new JsonObject()
                .put("iss", PLATFORM)
                .put("aud", PLATFORM)
                .put("sub", Seed.memberId(number))
                .put("sid", UUID.randomUUID().toString())
                .put("kind", "member")
                .put("name", "Member " + number)
                .put("iat", now)
                .put("exp", now + LIFETIME_SECONDS);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
