package io.cloneplatform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.TestPlatform;
import io.vertx.core.Future;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SecondFactorIT {
    private static AuthFixture auth;

    @BeforeAll
    static void start() {
        auth = new AuthFixture();
    }

    @AfterAll
    static void stop() {
        auth.close();
    }

    /** An admin with a second factor. */
    private record Enrolled(String id, String username, String secret, List<String> recoveryCodes) {
        Caller caller() {
            return new Caller(
                    Caller.Kind.ADMIN, id, username, "00000000-0000-0000-0000-000000000001", Set.of(), "127.0.0.1");
        }

        // The step after the one that confirmed it: within what is taken, and not used yet.
        String freshCode() {
            return code(secret, 1);
        }
    }

    private static String code(String secret, int later) {
        try {
            return new TimeBasedOneTimePasswordGenerator()
                    .generateOneTimePasswordString(
                            new SecretKeySpec(new Base32().decode(secret), "HmacSHA1"),
                            Instant.now().plusSeconds(30L * later));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode account(AuthFixture platform) {
        ObjectNode body = Json.object().put("username", AuthFixture.freshName()).put("password", AuthFixture.PASSWORD);
        body.putArray("permissions").add("users.view");
        return platform.platform
                .ok(Addresses.AUTH_ACCOUNTS_CREATE, TestPlatform.admin(), Map.of(), body)
                .get("account");
    }

    private static Enrolled enrolled(AuthFixture platform) {
        JsonNode account = account(platform);
        Enrolled admin =
                new Enrolled(account.get("id").asText(), account.get("username").asText(), null, List.of());
        String secret = platform.platform
                .ok(Addresses.AUTH_SECOND_FACTOR_ENROL, admin.caller(), Map.of(), Json.object())
                .get("secret")
                .asText();
        List<String> codes = new ArrayList<>();
        platform.platform
                .ok(
                        Addresses.AUTH_SECOND_FACTOR_CONFIRM,
                        admin.caller(),
                        Map.of(),
                        Json.object().put("code", code(secret, 0)))
                .get("recoveryCodes")
                .forEach(code -> codes.add(code.asText()));
        return new Enrolled(admin.id(), admin.username(), secret, codes);
    }

    private static Future<Reply> login(Enrolled admin, String password, String code) {
        ObjectNode body = Json.object().put("username", admin.username()).put("password", password);
        if (code != null) {
            body.put("code", code);
        }
        return auth.platform.send(Addresses.AUTH_ADMIN_LOGIN, AuthFixture.anybody(), Map.of(), body, null);
    }

    private static String outcome(Future<Reply> reply) {
        Reply answer = reply.await();
        return answer instanceof Reply.Refused refused ? refused.code().name() : "in";
    }

    @Test
    void onlyWhoKnowsThePasswordHearsOfASecondFactor() {
        Enrolled admin = enrolled(auth);
        assertThat(outcome(login(admin, "wrong password", null))).isEqualTo("INVALID_CREDENTIALS");
        assertThat(outcome(login(admin, "wrong password", admin.freshCode()))).isEqualTo("INVALID_CREDENTIALS");
        assertThat(outcome(login(admin, AuthFixture.PASSWORD, null))).isEqualTo("SECOND_FACTOR_REQUIRED");
        assertThat(outcome(login(admin, AuthFixture.PASSWORD, admin.freshCode())))
                .isEqualTo("in");
    }

    @Test
    void aCodeThatWasTakenIsNotTakenAgain() {
        Enrolled admin = enrolled(auth);
        String code = admin.freshCode();
        assertThat(outcome(login(admin, AuthFixture.PASSWORD, code))).isEqualTo("in");
        assertThat(outcome(login(admin, AuthFixture.PASSWORD, code))).isEqualTo("WRONG_SECOND_FACTOR");
        assertThat(outcome(login(admin, AuthFixture.PASSWORD, code(admin.secret(), 0))))
                .as("the code that confirmed it")
                .isEqualTo("WRONG_SECOND_FACTOR");
    }

    @Test
    void oneCodeLetsOneInHoweverManyTryAtOnce() {
        Enrolled admin = enrolled(auth);
        String code = admin.freshCode();
        List<Future<Reply>> tries = IntStream.range(0, 4)
                .mapToObj(n -> login(admin, AuthFixture.PASSWORD, code))
                .toList();
        assertThat(tries.stream().map(SecondFactorIT::outcome).filter("in"::equals))
                .hasSize(1);
    }

    @Test
    void aRecoveryCodeOpensOnceHoweverItIsTyped() {
        Enrolled admin = enrolled(auth);
        String code = admin.recoveryCodes().get(3);
        assertThat(admin.recoveryCodes()).hasSize(10).doesNotHaveDuplicates();
        String typed = code.toUpperCase(Locale.ROOT).replace('-', ' ');
        assertThat(outcome(login(admin, AuthFixture.PASSWORD, typed))).isEqualTo("in");
        assertThat(outcome(login(admin, AuthFixture.PASSWORD, code))).isEqualTo("WRONG_SECOND_FACTOR");
        assertThat(auth.platform.number(
                        "SELECT count(*) FROM audit_trail WHERE subject_id = ? AND action = 'recovery-code-used'",
                        admin.id()))
                .isEqualTo(1);
    }

    @Test
    void fiveWrongCodesLockItForEveryCode() {
        Enrolled admin = enrolled(auth);
        for (int wrong = 0; wrong < 5; wrong++) {
            assertThat(outcome(login(admin, AuthFixture.PASSWORD, "000001"))).isEqualTo("WRONG_SECOND_FACTOR");
        }
        assertThat(outcome(login(admin, AuthFixture.PASSWORD, admin.freshCode())))
                .isEqualTo("SECOND_FACTOR_LOCKED");
        assertThat(outcome(
                        login(admin, AuthFixture.PASSWORD, admin.recoveryCodes().get(0))))
                .isEqualTo("SECOND_FACTOR_LOCKED");
        auth.platform.execute(
                "UPDATE second_factor SET locked_until = now() WHERE admin_id = ?", UUID.fromString(admin.id()));
        assertThat(outcome(login(admin, AuthFixture.PASSWORD, admin.freshCode())))
                .isEqualTo("in");
    }

    @Test
    void nothingThatOpensAnAccountIsKeptInPlainTextButTheSharedSecret() {
        Enrolled admin = enrolled(auth);
        String kept = (String)
                auth.platform.single("SELECT (SELECT coalesce(string_agg(value::text, ''), '') FROM kv_store_44a642d3)"
                        + " || (SELECT string_agg(code_hash, '') FROM recovery_code)");
        assertThat(kept).doesNotContain(admin.secret());
        for (String code : admin.recoveryCodes()) {
            assertThat(kept).doesNotContain(code).doesNotContain(code.replace("-", ""));
        }
    }

    @Test
    void anotherAdminTakesItAwayAndEndsTheSessions() {
        Enrolled admin = enrolled(auth);
        auth.platform.ok(
                Addresses.AUTH_ACCOUNTS_SECOND_FACTOR_REMOVE,
                TestPlatform.admin(),
                Map.of("id", admin.id()),
                Json.object().put("reason", "Lost the phone"));
        assertThat(outcome(login(admin, AuthFixture.PASSWORD, null))).isEqualTo("in");
        assertThat(auth.platform.refused(
                        Addresses.AUTH_ACCOUNTS_SECOND_FACTOR_REMOVE,
                        new Caller(Caller.Kind.ADMIN, "0", "other", "s", Set.of("accounts.manage"), "127.0.0.1"),
                        Map.of("id", enrolled(auth).id()),
                        Json.object().put("reason", "Curious")))
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void whereItIsRequiredAnAdminWithoutOneMayOnlyMakeOne() {
        try (AuthFixture strict = new AuthFixture("ADMIN_SECOND_FACTOR", "required")) {
            JsonNode account = account(strict);
            JsonNode login = strict.platform.ok(
                    Addresses.AUTH_ADMIN_LOGIN,
                    AuthFixture.anybody(),
                    Map.of(),
                    Json.object()
                            .put("username", account.get("username").asText())
                            .put("password", AuthFixture.PASSWORD));
            assertThat(login.at("/admin/mustEnrol").asBoolean()).isTrue();
            assertThat(permissions(login)).isEmpty();
            assertThat(permissions(refreshed(strict, login))).isEmpty();
            Caller caller =
                    new Caller(Caller.Kind.ADMIN, account.get("id").asText(), "ops", "session", Set.of(), "127.0.0.1");
            String secret = strict.platform
                    .ok(Addresses.AUTH_SECOND_FACTOR_ENROL, caller, Map.of(), Json.object())
                    .get("secret")
                    .asText();
            strict.platform.ok(
                    Addresses.AUTH_SECOND_FACTOR_CONFIRM,
                    caller,
                    Map.of(),
                    Json.object().put("code", code(secret, 0)));
            assertThat(permissions(refreshed(strict, login))).containsExactly("users.view");
        }
    }

    private static JsonNode refreshed(AuthFixture platform, JsonNode login) {
        return platform.platform.ok(
                Addresses.AUTH_REFRESH,
                AuthFixture.anybody(),
                Map.of(),
                Json.object()
                        .put("refresh_token", login.at("/session/refresh_token").asText()));
    }

    private static List<String> permissions(JsonNode answer) {
        String claims = answer.at("/session/access_token").asText().split("\\.", -1)[1];
        List<String> permissions = new ArrayList<>();
        Json.read(Base64.getUrlDecoder().decode(claims), JsonNode.class)
                .path("permissions")
                .forEach(permission -> permissions.add(permission.asText()));
        return permissions;
    }
}
