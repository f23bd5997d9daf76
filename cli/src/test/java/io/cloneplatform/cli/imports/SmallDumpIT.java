package io.cloneplatform.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of an import, each on a dump of a few lines. */
class SmallDumpIT {
    private static final String ANNA = "aaaaaaaa-1111-4111-8111-111111111111";
    private static final String BERT = "bbbbbbbb-2222-4222-8222-222222222222";

    @TempDir
    private Path dir;

    private final List<String> lines = new ArrayList<>();
    private String url;

    @BeforeEach
    void create() {
        url = TestDatabase.create();
    }

    private void line(String key, String singleQuoted) {
        lines.add("{\"key\":\"" + key + "\",\"value\":" + singleQuoted.replace('\'', '"') + "}");
    }

    private void user(String id, String fields) {
        line("user:" + id, "{'id':'" + id + "','email':'" + id.charAt(0) + "@example.com','name':'N'," + fields + "}");
    }

    private void pending(String id, String amount) {
        line(
                "withdrawal:" + id + "-1740000000000",
                "{'userId':'" + id + "','amount':" + amount + ",'status':'pending'}");
    }

    private ImportRun run(String... options) throws IOException {
        return ImportRun.of(url, Files.write(dir.resolve("dump.jsonl"), lines), options);
    }

    private long account(String column, String id) {
        return ImportRun.number(url, "SELECT " + column + " FROM ledger_account WHERE id = ?::uuid", id);
    }

    @Test
    void pendingWithdrawalsThatTheBalanceStillHasAreHeldOutOfIt() throws IOException {
        user(ANNA, "'balance':100.00,'totalEarned':100");
        pending(ANNA, "40");
        assertThat(run().exit()).isZero();
        assertThat(account("balance", ANNA)).isEqualTo(60_00);
        assertThat(account("held", ANNA)).isEqualTo(40_00);
    }

    @Test
    void pendingWithdrawalsThatWereDeductedAreHeldOnTop() throws IOException {
        user(ANNA, "'balance':60.00,'totalEarned':100");
        pending(ANNA, "40");
        assertThat(run().out()).contains("deducted from the balances already");
        assertThat(account("balance", ANNA)).isEqualTo(60_00);
        assertThat(account("held", ANNA)).isEqualTo(40_00);
    }

    @Test
    void withoutEvidencePendingWithdrawalsAreHeldOutOfTheBalance() throws IOException {
        user(ANNA, "'balance':100");
        pending(ANNA, "40");
        assertThat(run().out()).contains("still included in the balances");
        assertThat(account("posted", ANNA)).isEqualTo(100_00);
    }

    @Test
    void theOperatorCanSayWhatHappenedToPendingWithdrawals() throws IOException {
        user(ANNA, "'balance':100");
        pending(ANNA, "40");
        assertThat(run("--pending-withdrawals", "deducted").exit()).isZero();
        assertThat(account("posted", ANNA)).isEqualTo(140_00);
        assertThat(account("held", ANNA)).isEqualTo(40_00);
    }

    @Test
    void fractionsRoundHalfEven() throws IOException {
        user(ANNA, "'balance':0.125");
        user(BERT, "'balance':0.1350000001");
        assertThat(run().exit()).isZero();
        assertThat(account("balance", ANNA)).isEqualTo(12);
        assertThat(account("balance", BERT)).isEqualTo(14);
    }

    @Test
    void earningsByLevelAreReproduced() throws IOException {
        user(ANNA, "'balance':5");
        line(
                "profits:" + ANNA,
                "{'totalEarned':100,'fromDirectChildren':20,'byLevel':{'level_1':20,'level_2':2,'level_3':0.2,'level_4':0.02}}");
        assertThat(run().exit()).isZero();
        assertThat(account("earned", ANNA)).isEqualTo(100_00);
        assertThat(account("balance", ANNA)).isEqualTo(5_00);
        assertThat(ImportRun.ask(
                        url,
                        "SELECT string_agg(role || ' ' || amount, ', ' ORDER BY seq) FROM ledger_entry WHERE account_id = ?::uuid",
                        ANNA))
                .isEqualTo(
                        "opening_own 7778, opening_level_1 2000, opening_level_2 200, opening_level_3 22, opening -9500");
        assertThat(ImportRun.number(
                        url, "SELECT min(balance_after) FROM ledger_entry WHERE account_id = ?::uuid", ANNA))
                .isEqualTo(5_00);
    }

    @Test
    void whatHasNoTimeIsTheSameInASecondRun() throws IOException {
        user(ANNA, "'balance':100");
        line("product:" + ANNA + ":1", "{'userId':'" + ANNA + "','productValue':10,'submittedAt':'yesterday'}");
        line("withdrawal:paid", "{'userId':'" + ANNA + "','amount':4,'status':'approved'}");
        line("withdrawal:asked", "{'userId':'" + ANNA + "','amount':5,'status':'pending'}");
        line("conversation:" + BERT, "{'userId':'" + ANNA + "'}");
        line("message:1", "{'conversationId':'" + BERT + "','userId':'" + ANNA + "','message':'Hello'}");
        assertThat(run().out()).contains("1 submissions", "1 withdrawals approved", "1 messages");
        assertThat(run().lastLine()).isEqualTo("0 changed");
    }

    @Test
    void aReferralRecordClosesNoCircle() throws IOException {
        user(ANNA, "'balance':1");
        user(BERT, "'balance':1,'parentUserId':'" + ANNA + "'");
        line("referral:" + BERT + ":" + ANNA, "{'parentId':'" + BERT + "','childId':'" + ANNA + "'}");
        assertThat(run().out()).contains("is not below").doesNotContain("PARENT_LOOP");
        assertThat(ImportRun.number(
                        url, "SELECT count(*) FROM member WHERE id = ?::uuid AND parent_id = ?::uuid", BERT, ANNA))
                .isOne();
    }

    @Test
    void malformedLinesCountOnlyWhenStrict() throws IOException {
        user(ANNA, "'balance':1");
        lines.add("{");
        assertThat(run().exit()).isZero();
        ImportRun strict = run("--strict");
        assertThat(strict.exit()).isEqualTo(1);
        assertThat(strict.out()).contains("line 2: ends too early").endsWith("0 changed" + System.lineSeparator());
    }

    @Test
    void anImportThatWasStoppedGoesOnWhereItWas() throws IOException {
        user(ANNA, "'balance':1");
        assertThat(run().exit()).isZero();
        line("ticket:t1", "{'userId':'" + ANNA + "','subject':'S','message':'M','status':'open'}");
        user(BERT, "'balance':2,'parentUserId':'" + ANNA + "'");
        assertThat(run().exit()).isZero();
        assertThat(ImportRun.number(
                        url,
                        "SELECT (value ->> 'childCount')::integer FROM kv_store_44a642d3 WHERE key = 'user:' || ?",
                        ANNA))
                .isEqualTo(1);
        assertThat(ImportRun.number(url, "SELECT sum(posted) FROM ledger_account WHERE kind = 'member'"))
                .isEqualTo(3_00);
        assertThat(run().lastLine()).isEqualTo("0 changed");
    }

    @Test
    void membersOfThePlatformKeepTheirNames() throws IOException {
        ImportRun.execute(
                url,
                "INSERT INTO member (id, email, username, name) VALUES (gen_random_uuid(), 'A@example.com', 'taken', 'Here')");
        user(ANNA, "'balance':1,'username':'taken'");
        ImportRun first = run();
        assertThat(first.exit()).isZero();
        assertThat(ImportRun.ask(url, "SELECT email FROM member WHERE id = ?::uuid", ANNA))
                .isEqualTo(ANNA + "@imported.invalid");
        ImportRun second = run();
        assertThat(second.report()).isEqualTo(first.report());
        assertThat(second.lastLine()).isEqualTo("0 changed");
    }

    @Test
    void messagesThatBelongNowhereAreKeptApart() throws IOException {
        user(ANNA, "'balance':1");
        line("message:m1", "{'userId':'" + ANNA + "','message':'lost'}");
        line("message:m2", "{'userId':'nobody','conversationId':'c2','message':'lost'}");
        line("chat:conversations:nobody", "['c2']");
        line("chat:conversations:" + ANNA, "['c3']");
        ImportRun run = run();
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("chat:conversations:" + ANNA + ": c3");
        assertThat(
                        ImportRun.number(
                                url,
                                "SELECT count(*) FROM kv_store_44a642d3 WHERE key IN ('legacy:message:m1', 'legacy:message:m2', 'legacy:chat:conversations:nobody')"))
                .isEqualTo(3);
        assertThat(ImportRun.number(url, "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'conversation:%'"))
                .isZero();
    }

    @Test
    void livesWithWhateverALineHolds() throws IOException {
        lines.add("\uFEFF{\"key\":\"tenant:bom\",\"value\":1}\r");
        line("user:" + ANNA, "null");
        line("tenant:huge", "1e400");
        line("tenant:huger", "[1e5000, 1e-5000]");
        line("tenant:surrogate", "'\\ud800'");
        line("tenant:escaped", "'\\\\u0000 is text'");
        line("k".repeat(2_000), "{'a':[{'b':null}]}");
        line("chat:messages:" + "c".repeat(500), "[]");
        line("withdrawals:pending", "[null, 7, {'id':'x'}, ['y']]");
        lines.add("{\"key\":\"tenant:exponent\",\"value\":1e999999999}");
        lines.add("{\"key\":\"deep\",\"value\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}");
        lines.add(new String(new byte[] {'{', (byte) 0xff, '}'}, StandardCharsets.ISO_8859_1));
        ImportRun run = run();
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run().lastLine()).isEqualTo("0 changed");
        assertThat(ImportRun.ask(
                        url, "SELECT value #>> '{}' FROM kv_store_44a642d3 WHERE key = 'legacy:tenant:escaped'"))
                .isEqualTo("\\u0000 is text");
        assertThat(ImportRun.number(url, "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'legacy:%'"))
                .isGreaterThanOrEqualTo(5);
    }
}
