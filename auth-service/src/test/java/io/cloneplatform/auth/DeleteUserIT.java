package io.cloneplatform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.auth.AuthFixture.SignedUp;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform.Member;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeleteUserIT {
    private static AuthFixture auth;

    @BeforeAll
    static void start() {
        auth = new AuthFixture();
    }

    @AfterAll
    static void stop() {
        auth.close();
    }

    private static Map<String, String> id(SignedUp member) {
        return Map.of("id", member.id().toString());
    }

    private static void delete(SignedUp member) {
        auth.asAdmin(Addresses.AUTH_USERS_DELETE, id(member), null);
    }

    private static ErrorCode refusedDelete(SignedUp member) {
        return auth.refusedAsAdmin(Addresses.AUTH_USERS_DELETE, id(member), null);
    }

    @Test
    void leavesNoTraceOfWhoItWas() {
        SignedUp parent = auth.signup();
        SignedUp member =
                auth.signup(AuthFixture.signupBody().put("name", "Very Private").put("invitationCode", parent.code()));
        auth.platform.execute(
                "INSERT INTO kv_store_44a642d3 (key, value) VALUES (?, jsonb_build_object('userId', ?::text, 'userName', 'Very Private', 'userEmail', ?::text))",
                Keys.ticket(Ids.next()),
                member.id().toString(),
                member.email());
        delete(member);

        assertThat(auth.platform.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE value::text LIKE '%Very Private%' OR value::text LIKE '%'||?||'%' OR key LIKE '%'||?",
                        member.email(), member.code()))
                .isZero();
        assertThat(auth.platform.number(
                        "SELECT count(*) FROM member WHERE id = ? AND name = 'deleted-' || id AND email = name AND deleted_at IS NOT NULL",
                        member.id()))
                .isEqualTo(1);
        JsonNode link = auth.platform.document(Keys.referral(parent.id(), member.id()));
        assertThat(link.get("childEmail").asText()).isEqualTo("deleted-" + member.id());
        assertThat(auth.platform
                        .document(Keys.user(parent.id()))
                        .get("childCount")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void takesTheirTicketsAndConversationsWithThem() {
        SignedUp member = auth.signup();
        SignedUp other = auth.signup();
        String ticket = Keys.ticket(Ids.next());
        document(ticket, member, "{}");
        document(Keys.conversation("talk"), member, "{}");
        document(Keys.message("talk", "1"), member, "{}");
        document(Keys.message("talk", "2"), other, "{}");
        document(Keys.message("talker", "1"), other, "{}");
        delete(member);
        assertThat(auth.platform.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key IN (?, 'conversation:talk', 'message:talk:1', 'message:talk:2')",
                        ticket))
                .isZero();
        assertThat(auth.platform.number("SELECT count(*) FROM kv_store_44a642d3 WHERE key = 'message:talker:1'"))
                .isEqualTo(1);
    }

    private static void document(String key, SignedUp owner, String more) {
        auth.platform.execute(
                "INSERT INTO kv_store_44a642d3 (key, value) VALUES (?, jsonb_build_object('userId', ?::text) || ?::jsonb)",
                key,
                owner.id().toString(),
                more);
    }

    @Test
    void keepsWhatWasDoneToThemWithoutWhoTheyWere() {
        SignedUp member = auth.signup();
        String theirs = "audit:" + Ids.next();
        String admins = "audit:" + Ids.next();
        document(
                theirs,
                member,
                "{\"event\": \"signed-in\", \"actorId\": \"%s\", \"actorName\": \"Very Private\", \"ip\": \"192.0.2.9\"}"
                        .formatted(member.id()));
        document(
                admins,
                member,
                "{\"operation\": \"premium.freeze\", \"actorName\": \"Olga\", \"ip\": \"192.0.2.1\", \"details\": {\"reason\": \"Very Private lied\"}}");
        delete(member);
        JsonNode signIn = auth.platform.document(theirs);
        assertThat(signIn.get("actorName").asText()).isEqualTo("deleted-" + member.id());
        assertThat(signIn.get("ip").asText()).isEqualTo("***");
        JsonNode freeze = auth.platform.document(admins);
        assertThat(freeze.get("actorName").asText()).isEqualTo("Olga");
        assertThat(freeze.get("ip").asText()).isEqualTo("192.0.2.1");
        assertThat(freeze.at("/details/reason").asText()).isEqualTo("***");
    }

    @Test
    void nobodyRewritesAnAuditRecordOfSomebodyWhoIsThere() {
        SignedUp member = auth.signup();
        String key = "audit:" + Ids.next();
        document(key, member, "{\"details\": {\"reason\": \"Because\"}}");
        assertThatThrownBy(() -> auth.platform.execute(
                        "UPDATE kv_store_44a642d3 SET value = member_forgotten(value, 'deleted-' || user_id, false) WHERE key = ?",
                        key))
                .hasMessageContaining("is an audit record");
        delete(member);
        assertThatThrownBy(() -> auth.platform.execute(
                        "UPDATE kv_store_44a642d3 SET value = value || '{\"event\": \"other\"}' WHERE key = ?", key))
                .hasMessageContaining("is an audit record");
    }

    @Test
    void forgetsALongHistoryAPartAtATime() {
        SignedUp member = auth.signup();
        auth.platform.execute(
                "INSERT INTO kv_store_44a642d3 (key, value) SELECT 'conversation:many' || n, jsonb_build_object('userId', ?::text) FROM generate_series(1, 30) n",
                member.id().toString());
        auth.platform.execute(
                "INSERT INTO kv_store_44a642d3 (key, value) SELECT 'message:many' || n % 30 + 1 || ':' || n, '{}' FROM generate_series(1, 3000) n");
        auth.platform.execute(
                "INSERT INTO kv_store_44a642d3 (key, value) SELECT 'message:far:' || n, jsonb_build_object('userId', ?::text) FROM generate_series(1, 1200) n",
                member.id().toString());
        delete(member);
        long deadline = System.nanoTime() + 20_000_000_000L;
        String left = "SELECT count(*) FROM kv_store_44a642d3 WHERE user_id = ? AND key LIKE 'message:%'";
        while (auth.platform.number(left, member.id().toString()) > 0
                || auth.platform.number("SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'message:many%'") > 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    @Test
    void endsSessionsAndSignIns() throws InterruptedException {
        SignedUp member = auth.signup();
        delete(member);
        assertThat(auth.isRevoked(member.sessionId())).isTrue();
        assertThat(auth.revocations.hears(member.sessionId())).isTrue();
        assertThat(auth.refusedRefresh(member.refreshToken())).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(auth.refusedSignin(member.email(), AuthFixture.PASSWORD).code())
                .isEqualTo(ErrorCode.INVALID_CREDENTIALS);
        assertThat(auth.platform.refused(Addresses.AUTH_PROFILE_GET, member.caller(), Map.of(), null))
                .isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void vanishesFromWhatAdminsSee() {
        SignedUp member = auth.signup();
        delete(member);
        assertThat(auth.refusedAsAdmin(Addresses.AUTH_USERS_GET, id(member), null))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(auth.asAdmin(
                                Addresses.AUTH_USERS_LIST,
                                Map.of("search", member.id().toString()),
                                null)
                        .get("users"))
                .isEmpty();
        assertThat(refusedDelete(member)).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void freesTheAddressForSomebodyElse() {
        SignedUp member = auth.signup();
        delete(member);
        auth.signup(AuthFixture.signupBody().put("email", member.email()));
    }

    @Test
    void isRefusedWhileMoneyIsThere() {
        SignedUp member = auth.signup();
        auth.platform.credit(new Member(member.id(), "x", null), 1);
        assertThat(refusedDelete(member)).isEqualTo(ErrorCode.MONEY_HELD_OR_OWED);
        auth.signin(member.email(), AuthFixture.PASSWORD);
    }

    @Test
    void isRefusedWhileASubmissionWaitsForReview() {
        SignedUp member = auth.signup();
        auth.platform.execute(
                "INSERT INTO kv_store_44a642d3 (key, value) VALUES (?, '{\"status\": \"pending_review\"}')",
                Keys.product(member.id(), Ids.next()));
        assertThat(refusedDelete(member)).isEqualTo(ErrorCode.MONEY_HELD_OR_OWED);
    }

    @Test
    void isRefusedWhileAPremiumAssignmentIsOpen() {
        SignedUp member = auth.signup();
        auth.platform.execute(
                "UPDATE kv_store_44a642d3 SET value = value || '{\"premiumAssignment\": {\"id\": \"p\"}}' WHERE key = ?",
                Keys.user(member.id()));
        assertThat(refusedDelete(member)).isEqualTo(ErrorCode.MONEY_HELD_OR_OWED);
        auth.signup(AuthFixture.signupBody().put("invitationCode", member.code()));
    }
}
