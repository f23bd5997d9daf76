package io.cloneplatform.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.password.PasswordHasher;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

/** Who members are, whom they invited and what they wrote is carried over, and nothing is lost. */
class SampleMembersIT {
    private static final ImportedSample SAMPLE = ImportedSample.get();

    @Test
    void aFreezeWithoutPremiumBecomesAnAdminsHold() {
        assertThat(SAMPLE.user(26, "accountFrozen")).isEqualTo("true");
        assertThat(SAMPLE.user(26, "freezeReason")).isEqualTo("Identity check");
        assertThat(SAMPLE.user(26, "complianceHold,by")).isEqualTo("import");
    }

    @Test
    void namesAreCompletedSoThatEachIsOneMembersAlone() {
        assertThat(SAMPLE.user(6, "email")).isEqualTo("m6@example.com");
        assertThat(SAMPLE.user(7, "email")).endsWith("@imported.invalid");
        assertThat(SAMPLE.user(3, "email")).endsWith("@imported.invalid");
        assertThat(SAMPLE.user(15, "name")).isEqualTo("Zoë O'Neil 🌱");
        assertThat(SAMPLE.user(18, "username")).isEqualTo("admin");
        assertThat(SAMPLE.user(118, "username")).startsWith("m118");
        assertThat(SAMPLE.user(21, "gender")).isEqualTo("null");
        assertThat(SAMPLE.user(32, "createdAt")).isEqualTo("2025-02-19T21:20:00.032Z");
    }

    @Test
    void invitationCodesGoOnWhereTheyAreUsable() {
        assertThat(SAMPLE.user(44, "invitationCode")).isEqualTo("C00044");
        assertThat(SAMPLE.user(144, "invitationCode")).isEqualTo("C00144");
        assertThat(SAMPLE.user(145, "invitationCode")).isEqualTo("C00145");
        assertThat(SAMPLE.user(41, "invitationCode")).isEqualTo("C00041");
        assertThat(SAMPLE.number("SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'invitecode:%'"))
                .isGreaterThanOrEqualTo(SampleDump.MEMBERS + SampleOddities.STRAYS);
        assertThat(
                        SAMPLE.number(
                                """
                        SELECT count(*) FROM kv_store_44a642d3 u LEFT JOIN kv_store_44a642d3 c
                          ON c.key = 'invitecode:' || (u.value ->> 'invitationCode') AND c.user_id = u.user_id
                        WHERE u.key LIKE 'user:%' AND c.key IS NULL
                        """))
                .isZero();
    }

    @Test
    void tiersFollowEarningsUnlessSomebodySetAHigherOne() {
        assertThat(SAMPLE.user(71, "vipTier")).isEqualTo("Diamond");
        assertThat(SAMPLE.user(71, "vipTierManual")).isEqualTo("true");
        assertThat(
                        SAMPLE.number(
                                """
                        SELECT count(*) FROM kv_store_44a642d3 u JOIN ledger_account a ON u.key = 'user:' || a.id
                        WHERE u.value -> 'vipTierManual' IS NULL AND u.value ->> 'vipTier' <> vip_tier_for(a.earned)
                        """))
                .isZero();
    }

    @Test
    void linesAreWholeAndWithoutCircles() {
        assertThat(SAMPLE.number("SELECT count(*) FROM member WHERE parent_id IS NOT NULL"))
                .isEqualTo(1
                        + SAMPLE.members().stream()
                                .filter(member -> member.parent() != null)
                                .count());
        assertThat(
                        SAMPLE.number(
                                """
                        SELECT count(*) FROM member p JOIN kv_store_44a642d3 u ON u.key = 'user:' || p.id
                        WHERE (u.value ->> 'childCount')::integer <> (SELECT count(*) FROM member c WHERE c.parent_id = p.id)
                        """))
                .isZero();
        assertThat(SAMPLE.report())
                .contains("PARENT_LOOP")
                .contains("invited themselves")
                .contains("PARENT_UNKNOWN");
    }

    @Test
    void aClaimedBonusCannotBeClaimedAgain() {
        SampleMember claimer = SAMPLE.first(SampleMember::hasBonus);
        assertThat(SAMPLE.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key = 'bonus:' || ? || ':products_10'",
                        ImportedSample.id(claimer)))
                .isEqualTo(1);
    }

    @Test
    void withdrawalPasswordsBecomeHashesAndLoginsAreShut() {
        Vertx vertx = Vertx.vertx();
        PasswordHasher hasher = new PasswordHasher(vertx, 1);
        String hash = ImportRun.ask(
                        SAMPLE.url(),
                        "SELECT withdrawal_password_hash FROM credential WHERE subject_id = ?",
                        ImportedSample.id(SAMPLE.members().get(4)))
                .toString();
        assertThat(hasher.matches(hash, "secret 4").await()).isTrue();
        assertThat(hasher.matches(hash, "secret 5").await()).isFalse();
        assertThat(hasher.matches(MemberStore.NO_PASSWORD, "").await()).isFalse();
        assertThat(hasher.matches(MemberStore.NO_PASSWORD, "secret 4").await()).isFalse();
        vertx.close().await();
        assertThat(SAMPLE.number("SELECT count(*) FROM credential WHERE password_hash <> ?", MemberStore.NO_PASSWORD))
                .isZero();
    }

    @Test
    void ticketsAndChatsGoOnWhereTheyWere() {
        String owner = ImportedSample.id(SAMPLE.members().get(0)).toString();
        assertThat(SAMPLE.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key = 'ticket:ticket_1740000000000_abc' AND user_id = ? AND status = 'in-progress' AND value #>> '{replies,0,author}' = 'user'",
                        owner))
                .isEqualTo(1);
        assertThat(SAMPLE.number(
                        "SELECT (value ->> 'messageCount')::integer FROM kv_store_44a642d3 WHERE key = 'conversation:chat-1' AND user_id = ?",
                        owner))
                .isEqualTo(3);
        assertThat(
                        ImportRun.ask(
                                SAMPLE.url(),
                                "SELECT string_agg(value ->> 'author', ' ' ORDER BY key) FROM kv_store_44a642d3 WHERE key LIKE 'message:chat-1:%'"))
                .isEqualTo("user support user");
        assertThat(
                        SAMPLE.number(
                                "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'faq:%' AND value ->> 'question' = 'Which bank?'"))
                .isEqualTo(1);
        assertThat(SAMPLE.report())
                .contains("ticket:ticket_gone")
                .contains("message:msg_gone")
                .contains("withdrawal:gone-1700000000000")
                .contains("is approved");
    }

    @Test
    void nothingSecretIsInAnyDocument() {
        assertThat(
                        SAMPLE.number(
                                "SELECT count(*) FROM kv_store_44a642d3 WHERE value::text ~ '(secret [0-9]|plain|sha256:|eyJ)'"))
                .isZero();
    }

    @Test
    void everythingElseIsKept() {
        assertThat(SAMPLE.number("SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'legacy:metrics:%'"))
                .isEqualTo(SampleDump.MEMBERS + 1);
        assertThat(
                        SAMPLE.number(
                                "SELECT count(*) FROM kv_store_44a642d3 WHERE key IN ('legacy:admin:root', 'legacy:tenant:default', 'legacy:user:not-an-object', 'legacy:withdrawal:nobody-1700000000000')"))
                .isEqualTo(4);
        assertThat(
                        SAMPLE.number(
                                "SELECT count(*) FROM kv_store_44a642d3 WHERE key = 'legacy:tenant:text' AND value = '{\"inner\": 1}'"))
                .isEqualTo(1);
    }
}
