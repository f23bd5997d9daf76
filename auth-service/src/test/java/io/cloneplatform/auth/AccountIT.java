package io.cloneplatform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.auth.AuthFixture.SignedUp;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.TestPlatform.Member;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AccountIT {
    private static AuthFixture auth;

    @BeforeAll
    static void start() {
        auth = new AuthFixture();
    }

    @AfterAll
    static void stop() {
        auth.close();
    }

    private static Reply.Refused refusedLeave(SignedUp member, String password) {
        return auth.platform.refusal(
                Addresses.AUTH_ACCOUNT_DELETE,
                member.caller(),
                Map.of(),
                Json.object().put("password", password));
    }

    private static void leave(SignedUp member) {
        auth.platform.ok(
                Addresses.AUTH_ACCOUNT_DELETE,
                member.caller(),
                Map.of(),
                Json.object().put("password", AuthFixture.PASSWORD));
    }

    @Test
    void leavingAsksForThePassword() {
        SignedUp member = auth.signup();
        Reply.Refused refused = refusedLeave(member, "not the password");
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_CREDENTIALS);
        assertThat(refused.errors()).extracting("field").containsExactly("password");
        auth.signin(member.email(), AuthFixture.PASSWORD);
    }

    @Test
    void whoeverIsOwedSomethingIsToldWhatAndStays() {
        SignedUp member = auth.signup();
        auth.platform.credit(new Member(member.id(), "x", null), 1234);
        Reply.Refused refused = refusedLeave(member, AuthFixture.PASSWORD);
        assertThat(refused.code()).isEqualTo(ErrorCode.MONEY_HELD_OR_OWED);
        assertThat(refused.message()).contains("has 12.34 available, to be withdrawn first");
        assertThat(auth.platform.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'audit:%' AND user_id = ? AND value ->> 'event' = 'account-deleted'",
                        member.id().toString()))
                .isZero();
        auth.signin(member.email(), AuthFixture.PASSWORD);
    }

    @Test
    void whoeverLeavesIsGoneAndRecorded() {
        SignedUp member = auth.signup();
        leave(member);
        assertThat(refusedLeave(member, AuthFixture.PASSWORD).code()).isEqualTo(ErrorCode.INVALID_CREDENTIALS);
        assertThat(auth.platform.refused(Addresses.AUTH_ACCOUNT_EXPORT, member.caller(), Map.of(), null))
                .isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(auth.refusedSignin(member.email(), AuthFixture.PASSWORD).code())
                .isEqualTo(ErrorCode.INVALID_CREDENTIALS);
        assertThat(auth.platform.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'audit:%' AND user_id = ? AND value ->> 'event' = 'account-deleted' AND value ->> 'ip' = '***' AND coalesce(value ->> 'actorName', 'deleted-') LIKE 'deleted-%'",
                        member.id().toString()))
                .isEqualTo(1);
        auth.signup(AuthFixture.signupBody().put("email", member.email()));
    }

    @Test
    void theLastMailStillKnowsWhereToGo() {
        SignedUp member = auth.signup();
        leave(member);
        assertThat(auth.platform.number(
                        "SELECT count(*) FROM outbox WHERE member_id = ? AND kind = 'account-deleted' AND details ->> 'email' = ?",
                        member.id(),
                        member.email()))
                .isEqualTo(1);
    }

    @Test
    void anExportComesInPagesOfAnySizeAndLosesNothing() {
        SignedUp member = auth.signup();
        auth.platform.execute(
                "INSERT INTO kv_store_44a642d3 (key, value) SELECT 'ticket:' || gen_random_uuid(), jsonb_build_object('id', n::text, 'userId', ?::text, 'subject', 'Number ' || n, 'replies', '[]'::jsonb) FROM generate_series(1, 120) n",
                member.id().toString());
        for (int credit = 0; credit < 30; credit++) {
            auth.platform.credit(new Member(member.id(), "x", null), 1);
        }
        assertThat(records(member, 7)).containsEntry("tickets", 120).containsEntry("statement", 30);
        assertThat(records(member, 500)).containsEntry("tickets", 120).containsEntry("statement", 30);
    }

    @Test
    void aLongHistoryIsReadAPageAtATimeAndNoPageCostsMoreThanAnother() {
        SignedUp member = auth.signup();
        auth.platform.execute(
                """
                SET session_replication_role = replica;
                INSERT INTO kv_store_44a642d3 (key, value)
                SELECT 'product:' || m || ':' || lpad(n::text, 12, '0'), jsonb_build_object('id', n::text, 'userId', m, 'name', repeat('x', 200))
                FROM generate_series(1, 100000) n, (VALUES ('%s')) AS v (m);
                RESET session_replication_role;"""
                        .formatted(member.id()));
        String deep = cursor("submissions|product:" + member.id() + ":000000099000");
        long start = System.nanoTime();
        JsonNode page = export(member, Map.of("limit", "500", "cursor", deep));
        long tookMs = (System.nanoTime() - start) / 1_000_000;
        assertThat(page.get("submissions")).hasSize(500);
        assertThat(page.get("submissions").get(0).get("id").asText()).isEqualTo("99001");
        assertThat(page.get("nextCursor").isTextual()).isTrue();
        assertThat(tookMs).isLessThan(1_000);
        assertThat(page.toString().length()).isLessThan(1 << 20);
    }

    @Test
    void messagesOfEveryConversationAreInItAndNobodyElses() {
        SignedUp member = auth.signup();
        SignedUp other = auth.signup();
        for (String id : List.of("talk", "talk-1", "talk.2", "other")) {
            String owner = (id.equals("other") ? other : member).id().toString();
            auth.platform.execute(
                    "INSERT INTO kv_store_44a642d3 (key, value) VALUES ('conversation:' || ?, jsonb_build_object('userId', ?::text))",
                    id,
                    owner);
            auth.platform.execute(
                    "INSERT INTO kv_store_44a642d3 (key, value) SELECT 'message:' || ? || ':' || n, jsonb_build_object('conversationId', ?::text, 'message', n::text) FROM generate_series(1, 5) n",
                    id,
                    id);
        }
        assertThat(records(member, 2)).containsEntry("conversations", 3).containsEntry("messages", 15);
        assertThat(records(member, 500)).containsEntry("messages", 15);
    }

    @Test
    void aCursorThatNobodyGaveIsRefused() {
        SignedUp member = auth.signup();
        for (String bad : List.of("x", "nowhere|x", "statement|x", "messages|user:", "|")) {
            assertThat(auth.platform.refused(
                            Addresses.AUTH_ACCOUNT_EXPORT, member.caller(), Map.of("cursor", cursor(bad)), null))
                    .isEqualTo(ErrorCode.VALIDATION_FAILED);
        }
    }

    private static String cursor(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode export(SignedUp member, Map<String, String> params) {
        return auth.platform.ok(Addresses.AUTH_ACCOUNT_EXPORT, member.caller(), params, null);
    }

    private static Map<String, Integer> records(SignedUp member, int limit) {
        Map<String, Integer> counts = new TreeMap<>();
        String cursor = null;
        do {
            Map<String, String> params = new TreeMap<>(Map.of("limit", String.valueOf(limit)));
            if (cursor != null) {
                params.put("cursor", cursor);
            }
            JsonNode page = auth.platform.ok(Addresses.AUTH_ACCOUNT_EXPORT, member.caller(), params, null);
            int onThisPage = 0;
            for (Map.Entry<String, JsonNode> field : page.properties()) {
                if (field.getValue().isArray()) {
                    counts.merge(field.getKey(), field.getValue().size(), Integer::sum);
                    onThisPage += field.getValue().size();
                }
            }
            assertThat(onThisPage).isLessThanOrEqualTo(limit);
            cursor = page.get("nextCursor").textValue();
        } while (cursor != null);
        return counts;
    }

    @Test
    void anExportHasNoSecretAndIsRecordedOnce() {
        SignedUp member = auth.signup();
        JsonNode export = auth.platform.ok(Addresses.AUTH_ACCOUNT_EXPORT, member.caller(), Map.of(), null);
        assertThat(export.at("/profile/email").asText()).isEqualTo(member.email());
        assertThat(export.get("sessions")).hasSize(1);
        assertThat(export.toString()).doesNotContainIgnoringCase("hash").doesNotContain("argon2", "salt");
        assertThat(export.get("activity").findValuesAsText("what")).containsOnlyOnce("account-exported");
    }
}
