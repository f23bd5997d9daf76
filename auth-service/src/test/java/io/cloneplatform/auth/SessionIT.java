package io.cloneplatform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.auth.AuthFixture.SignedUp;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.TestPlatform;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionIT {
    private static AuthFixture auth;

    @BeforeAll
    static void start() {
        auth = new AuthFixture();
    }

    @AfterAll
    static void stop() {
        auth.close();
    }

    @Test
    void signsInByAddressOrUsernameInAnyCase() {
        SignedUp member = auth.signup();
        String username = member.user().get("username").asText();
        JsonNode answer = auth.signin(member.email().toUpperCase(Locale.ROOT), AuthFixture.PASSWORD);
        assertThat(answer.get("user").get("id").asText()).isEqualTo(member.id().toString());
        assertThat(answer.get("user").get("vipTier").asText()).isEqualTo("Normal");
        JsonNode byName = auth.platform.ok(
                Addresses.AUTH_SIGNIN,
                AuthFixture.anybody(),
                Map.of(),
                Json.object().put("username", username.toUpperCase(Locale.ROOT)).put("password", AuthFixture.PASSWORD));
        assertThat(byName.get("session").get("refresh_token").asText()).isNotEqualTo(member.refreshToken());
    }

    @Test
    void saysTheSameWhetherTheAccountExistsOrNot() {
        Reply.Refused wrong = auth.refusedSignin(auth.signup().email(), "not the password");
        Reply.Refused unknown = auth.refusedSignin("nobody@example.com", "not the password");
        assertThat(wrong).isEqualTo(unknown);
        assertThat(wrong.code()).isEqualTo(ErrorCode.INVALID_CREDENTIALS);
        assertThat(wrong.message()).isEqualTo("Invalid email or password");
    }

    @Test
    void afterTenWrongPasswordsNobodyIsToldOfAnotherOneWhetherTheAccountExistsOrNot() {
        SignedUp member = auth.signup();
        for (String login : List.of(member.email(), "nobody-at-all@example.com")) {
            List<Future<Reply>> tries = Stream.generate(() -> auth.send(
                            Addresses.AUTH_SIGNIN,
                            AuthFixture.anybody(),
                            Json.object().put("email", login).put("password", "not the password")))
                    .limit(20)
                    .toList();
            Future.all(tries).await();
            assertThat(tries)
                    .extracting(reply -> ((Reply.Refused) reply.result()).code())
                    .filteredOn(code -> code == ErrorCode.INVALID_CREDENTIALS)
                    .hasSize(10);
            assertThat(auth.refusedSignin(login, "not the password").code()).isEqualTo(ErrorCode.SIGN_IN_LOCKED);
        }
        assertThat(auth.refusedSignin(member.email(), AuthFixture.PASSWORD).code())
                .isEqualTo(ErrorCode.SIGN_IN_LOCKED);
        auth.refresh(member.refreshToken());
        auth.platform.execute("UPDATE sign_in_tries SET locked_until = now()");
        auth.signin(member.email(), AuthFixture.PASSWORD);
        assertThat(auth.refusedSignin(member.email(), "not the password").code())
                .isEqualTo(ErrorCode.INVALID_CREDENTIALS);
        assertThat(auth.platform.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'audit:%' AND value ->> 'event' = 'sign-in-locked' AND user_id = ?",
                        member.id().toString()))
                .isEqualTo(1);
    }

    @Test
    void refusesASigninWithoutALogin() {
        ErrorCode code = auth.platform.refused(
                Addresses.AUTH_SIGNIN, AuthFixture.anybody(), Map.of(), TestPlatform.json("{'password':'x'}"));
        assertThat(code).isEqualTo(ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void exchangesARefreshTokenForANewOne() {
        SignedUp member = auth.signup();
        JsonNode session = auth.refresh(member.refreshToken());
        String next = session.get("refresh_token").asText();
        assertThat(next).isNotEqualTo(member.refreshToken()).startsWith(member.sessionId());
        assertThat(auth.refresh(next).get("refresh_token").asText()).isNotEqualTo(next);
    }

    @Test
    void takesParallelUsesOfARefreshTokenForOne() {
        SignedUp member = auth.signup();
        List<Future<Reply>> replies = Stream.generate(() -> auth.send(
                        Addresses.AUTH_REFRESH, AuthFixture.anybody(), AuthFixture.refreshBody(member.refreshToken())))
                .limit(5)
                .toList();
        Future.all(replies).await();
        assertThat(replies)
                .extracting(reply -> Json.read(((Reply.Done) reply.result()).body(), JsonNode.class)
                        .get("session")
                        .get("refresh_token")
                        .asText())
                .hasSize(5)
                .containsOnly(
                        auth.refresh(member.refreshToken()).get("refresh_token").asText());
    }

    @Test
    void refusesARefreshTokenExchangedLongerAgo() {
        SignedUp member = auth.signup();
        auth.refresh(member.refreshToken());
        set(member, "rotatedAt", "2026-01-01T00:00:00.000Z");
        assertThat(auth.refusedRefresh(member.refreshToken())).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void aTokenThatComesAgainLaterEndsTheSessionForWhoeverHasIt() throws InterruptedException {
        SignedUp member = auth.signup();
        String second = auth.refresh(member.refreshToken()).get("refresh_token").asText();
        String third = auth.refresh(second).get("refresh_token").asText();
        assertThat(auth.refusedRefresh(member.refreshToken())).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(auth.refusedRefresh(third)).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(auth.isRevoked(member.sessionId())).isTrue();
        assertThat(auth.revocations.hears(member.sessionId())).isTrue();
        assertThat(auth.platform.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'audit:%' AND value ->> 'event' ="
                                + " 'refresh-token-reused' AND user_id = '" + member.id() + "'"))
                .isEqualTo(1);
    }

    @Test
    void aGuessEndsNobodysSession() {
        SignedUp member = auth.signup();
        auth.refresh(member.refreshToken());
        assertThat(auth.refusedRefresh(member.sessionId() + ".guess")).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(auth.isRevoked(member.sessionId())).isFalse();
    }

    @Test
    void refusesUnknownExpiredAndMalformedRefreshTokens() {
        SignedUp member = auth.signup();
        assertThat(auth.refusedRefresh(member.sessionId() + ".guess")).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(auth.refusedRefresh(Ids.next() + ".guess")).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(auth.refusedRefresh("rubbish")).isEqualTo(ErrorCode.UNAUTHENTICATED);
        set(member, "expiresAt", "2026-01-01T00:00:00.000Z");
        assertThat(auth.refusedRefresh(member.refreshToken())).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    private static void set(SignedUp member, String field, String value) {
        auth.platform.execute(
                "UPDATE kv_store_44a642d3 SET value = value || jsonb_build_object(?::text, ?::text) WHERE key = ?",
                field,
                value,
                "session:" + member.sessionId());
    }

    @Test
    void signoutRevokesTheSessionEverywhere() throws InterruptedException {
        SignedUp member = auth.signup();
        auth.platform.ok(Addresses.AUTH_SIGNOUT, member.caller(), Map.of(), null);
        assertThat(auth.isRevoked(member.sessionId())).isTrue();
        assertThat(auth.refusedRefresh(member.refreshToken())).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(auth.revocations.hears(member.sessionId())).isTrue();
        JsonNode trust = auth.platform.ok(Addresses.AUTH_TRUST, AuthFixture.anybody(), Map.of(), null);
        assertThat(trust.get("revokedSessions")).extracting(JsonNode::asText).contains(member.sessionId());
    }

    @Test
    void signoutWithoutASessionIsFine() {
        SignedUp member = auth.signup();
        Caller without = new Caller(Caller.Kind.MEMBER, member.id().toString(), "x", null, Set.of(), "127.0.0.1");
        auth.platform.ok(Addresses.AUTH_SIGNOUT, without, Map.of(), null);
        auth.refresh(member.refreshToken());
    }

    @Test
    void refusesEveryMemberTheirOwnTier() {
        assertThat(auth.platform.refused(
                        Addresses.AUTH_VIP_TIER_REFUSE, auth.signup().caller(), Map.of(), null))
                .isEqualTo(ErrorCode.FORBIDDEN);
    }
}
