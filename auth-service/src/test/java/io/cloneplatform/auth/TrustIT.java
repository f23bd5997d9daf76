package io.cloneplatform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.auth.AuthFixture.SignedUp;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.launch.Platform;
import io.cloneplatform.common.testing.TestDatabase;
import io.cloneplatform.common.testing.TestPlatform;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrustIT {
    private static final Pattern SHOWN = Pattern.compile("Admin key \\(shown once, keep it safe\\): (\\S+)");

    private static JsonNode trust(TestPlatform platform) {
        return platform.ok(Addresses.AUTH_TRUST, AuthFixture.anybody(), Map.of(), null);
    }

    private static String printedBy(Runnable action) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static Platform startOn(String url, String... settings) {
        Map<String, String> env =
                new java.util.HashMap<>(Map.of("HTTP_PORT", "0", "MANAGEMENT_PORT", "0", "DATABASE_URL", url));
        for (int i = 0; i < settings.length; i += 2) {
            env.put(settings[i], settings[i + 1]);
        }
        return Platform.start(PlatformConfig.read(env), "test", List.of(new AuthService()));
    }

    private static String one(String url, String query) {
        try (var connection = TestDatabase.connect(url);
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void gatewaysCanVerifyTokensWithThePublishedKey() {
        try (AuthFixture auth = new AuthFixture()) {
            SignedUp member = auth.signup();
            JsonNode key = trust(auth.platform).get("keys").get(0);
            Vertx vertx = Vertx.vertx();
            JWTAuth jwt = JWTAuth.create(
                    vertx,
                    new JWTAuthOptions()
                            .setJWTOptions(
                                    new JWTOptions().setIssuer("clone-platform").addAudience("clone-platform"))
                            .addPubSecKey(new PubSecKeyOptions()
                                    .setAlgorithm("ES256")
                                    .setId(key.get("kid").asText())
                                    .setBuffer(key.get("publicKey").asText())));
            JsonObject claims = jwt.authenticate(new TokenCredentials(member.accessToken()))
                    .await()
                    .attributes()
                    .getJsonObject("accessToken");
            vertx.close().await();
            assertThat(claims.getString("sub")).isEqualTo(member.id().toString());
            assertThat(claims.getString("sid")).isEqualTo(member.sessionId());
            assertThat(claims.getString("kind")).isEqualTo("member");
            assertThat(claims.getString("name")).isEqualTo("Joan Clarke");
            assertThat(claims.getLong("exp"))
                    .isEqualTo(member.session().get("expires_at").asLong())
                    .isEqualTo(claims.getLong("iat") + 3600);
            assertThat(header(member.accessToken()).get("kid")).isEqualTo(key.get("kid"));
            assertThat(header(member.accessToken()).get("alg").asText()).isEqualTo("ES256");
        }
    }

    private static JsonNode header(String token) {
        byte[] json = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        return Json.read(json, JsonNode.class);
    }

    @Test
    void instancesThatStartTogetherAgreeOnOneKeyAndShowTheAdminKeyOnce() {
        String url = TestDatabase.create();
        String printed = printedBy(() -> Stream.generate(() -> CompletableFuture.supplyAsync(() -> startOn(url)))
                .limit(3)
                .toList()
                .forEach(platform -> platform.join().close()));
        assertThat(one(url, "SELECT count(*) FROM signing_key")).isEqualTo("1");
        Matcher shown = SHOWN.matcher(printed);
        assertThat(shown.find()).isTrue();
        assertThat(one(url, "SELECT value ->> 'sha256' FROM platform_setting WHERE name = 'admin-key'"))
                .isEqualTo(Secrets.sha256(shown.group(1)));
        assertThat(shown.find()).isFalse();
    }

    @Test
    void aConfiguredAdminKeyReplacesTheOneBefore() {
        try (AuthFixture auth = new AuthFixture("ADMIN_KEY", "first-configured-key")) {
            assertThat(trust(auth.platform).get("adminKeySha256").asText())
                    .isEqualTo(Secrets.sha256("first-configured-key"));
            String printed = printedBy(() -> startOn(auth.platform.url(), "ADMIN_KEY", "second-configured-key")
                    .close());
            assertThat(printed).doesNotContain("Admin key");
            assertThat(trust(auth.platform).get("adminKeySha256").asText())
                    .isEqualTo(Secrets.sha256("second-configured-key"));
            assertThat(printedBy(() -> startOn(auth.platform.url()).close())).doesNotContain("Admin key");
        }
    }

    @Test
    void namesOnlyRevocationsThatStillMatter() {
        try (AuthFixture auth = new AuthFixture()) {
            auth.platform.execute(
                    "INSERT INTO session_revocation VALUES (gen_random_uuid(), now() - interval '3 hours'),"
                            + " ('00000000-0000-7000-8000-000000000001', now() - interval '1 hour')");
            assertThat(trust(auth.platform).get("revokedSessions"))
                    .extracting(JsonNode::asText)
                    .containsExactly("00000000-0000-7000-8000-000000000001");
        }
    }
}
