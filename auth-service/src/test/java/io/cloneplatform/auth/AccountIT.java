package io.cloneplatform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.auth.AuthFixture.SignedUp;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.TestPlatform.Member;
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
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'audit:%' AND user_id = ? AND value ->> 'event' = 'account-deleted' AND value ->> 'actorName' LIKE 'deleted-%'",
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
