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
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Access tokens as signing in would give them, signed with the platform's own key. */
final class Tokens {
    private static final String PLATFORM = "clone-platform";
    private static final String ALGORITHM = "ES256";
    private static final JWTOptions SIGNED = new JWTOptions().setAlgorithm(ALGORITHM);
    private static final long LIFETIME_SECONDS = 6 * 3_600L; // longer than any run

    private static final String NEWEST_KEY =
            "SELECT kid, private_key FROM signing_key WHERE retired_at IS NULL ORDER BY created_at DESC, kid DESC LIMIT 1";

    private Tokens() {}

    /** One for each of these members, by member. */
    static Map<Long, String> mint(Database database, List<Long> members) {
        List<String> key = database.rows(NEWEST_KEY).get(0);
        Vertx vertx = Vertx.vertx();
        try {
            JWTAuth signer = JWTAuth.create(
                    vertx,
                    new JWTAuthOptions()
                            .addPubSecKey(new PubSecKeyOptions()
                                    .setAlgorithm(ALGORITHM)
                                    .setId(key.get(0))
                                    .setBuffer(key.get(1))));
            long now = Instant.now().getEpochSecond();
            return members.stream()
                    .collect(Collectors.toMap(
                            member -> member, member -> signer.generateToken(claims(member, now), SIGNED)));
        } finally {
            vertx.close();
        }
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
}
