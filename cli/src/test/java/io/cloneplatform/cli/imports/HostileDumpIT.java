package io.cloneplatform.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps as nobody would write them: nothing in them stops an import, leaks a secret or gets lost. */
class HostileDumpIT {
    private static final String ANNA = "aaaaaaaa-1111-4111-8111-111111111111";
    private static final String BERT = "bbbbbbbb-2222-4222-8222-222222222222";
    private static final String CARL = "cccccccc-3333-4333-8333-333333333333";

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
        line("user:" + id, "{'email':'" + id.charAt(0) + "@example.com','name':'N'," + fields + "}");
    }

    private ImportRun run(String... options) throws IOException {
        return ImportRun.of(url, Files.write(dir.resolve("dump.jsonl"), lines), options);
    }

    private ImportRun runTwice() throws IOException {
        ImportRun first = run();
        assertThat(first.exit()).as(first.err()).isZero();
        ImportRun second = run();
        assertThat(second.report()).isEqualTo(first.report());
        assertThat(second.lastLine()).isEqualTo("0 changed");
        return first;
    }

    private Object kept(String key, String path) {
        return ImportRun.ask(
                url, "SELECT value #>> ?::text[] FROM kv_store_44a642d3 WHERE key = 'legacy:' || ?", path, key);
    }

    private long members(String condition) {
        return ImportRun.number(url, "SELECT count(*) FROM member WHERE " + condition);
    }

    @Test
    void keysThatEndTooEarlyAreKept() throws IOException {
        user(ANNA, "'balance':1");
        List.of("referral:" + ANNA + ":", "referral::x", "user:", ":", "product:", "ticket:", "profits: ", "referral:x")
                .forEach(key -> line(key, "{'x':1}"));
        assertThat(runTwice().out())
                .contains("of the records 1 carried over, 8 kept as they were under legacy:, 0 the");
    }

    @Test
    void idsThatDifferAtTheirFrontAloneGetUsernamesOfTheirOwn() throws IOException {
        line("user:11111111-1111-4111-8111-000000000001", "{'balance':1}");
        line("user:22222222-1111-4111-8111-000000000001", "{'balance':2}");
        line("user:33333333-1111-4111-8111-000000000001", "{'username':'member-000000000001'}");
        line(
                "user:44444444-1111-4111-8111-000000000001",
                "{'email':'11111111-1111-4111-8111-000000000001@imported.invalid'}");
        runTwice();
        assertThat(members("email LIKE id || '@imported.invalid'")).isEqualTo(4);
    }

    @Test
    void fieldsLongerThanAnIndexTakesAreKept() throws IOException {
        String random = new java.util.Random(1)
                .ints(9_000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        line("odd:1", "{'userId':'" + random + "'}");
        line("odd:2", "{'userId':{'id':'" + random + "'},'status':'" + random + "'}");
        runTwice();
        assertThat(kept("odd:1", "{value,userId}")).isEqualTo(random);
    }

    @Test
    void noSecretGetsIntoADocument() throws IOException {
        user(ANNA, "'balance':10,'password':'LEAK','withdrawalPassword':'$ecret'");
        String own = "'userId':'" + ANNA + "'";
        line(
                "withdrawal:" + ANNA + "-1740000000000",
                "{" + own + ",'amount':2,'status':'approved','withdrawalPassword':'LEAK','bank':'B'}");
        line(
                "withdrawal:" + ANNA + "-1740000000001",
                "{" + own + ",'amount':2,'status':'pending','withdrawalPassword':'LEAK'}");
        line("ticket:t1", "{" + own + ",'accessToken':'LEAK'}");
        line("product:" + ANNA + ":1", "{" + own + ",'productValue':5,'authToken':'LEAK'}");
        line("conversation:c1", "{" + own + ",'password':{'plain':'LEAK'}}");
        line("creds:1", "{'passwords':['LEAK']}");
        line("tokens:1", "['eyJhbGciOi.eyJzdWIi.LEAK']");
        line("session:1", "'eyJhbGciOi.eyJzdWIi.LEAK'");
        line("withdrawalPassword:" + ANNA, "'LEAK'");
        assertThat(runTwice().out()).contains("10 secrets that were not kept");
        assertThat(ImportRun.number(url, "SELECT count(*) FROM kv_store_44a642d3 WHERE value::text LIKE '%LEAK%'"))
                .isZero();
        assertThat(
                        ImportRun.number(
                                url,
                                "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'withdrawal:%' AND value #>> '{legacy,bank}' = 'B'"))
                .isOne();
    }

    @Test
    void onlyPasswordsInClearBecomeHashes() throws IOException {
        user(ANNA, "'withdrawalPassword':'$ecret1'");
        user(BERT, "'withdrawalPassword':'$2a$10$abcdefghijklmnopqrstuv'");
        user(CARL, "'withdrawalPassword':'" + "x".repeat(129) + "'");
        line("user:dddddddd-4444-4444-8444-444444444444", "{'withdrawalPassword':{'hash':'x'}}");
        line("user:eeeeeeee-4444-4444-8444-444444444444", "{'withdrawal_password':1234}");
        assertThat(runTwice().out())
                .contains(
                        BERT + ": is a hash of another kind", CARL + ": is longer than 128 characters", ": is no text");
        assertThat(ImportRun.number(url, "SELECT count(*) FROM credential WHERE withdrawal_password_hash IS NOT NULL"))
                .isEqualTo(2);
    }

    @Test
    void whatOnlyQueuesAndClaimsSayIsKept() throws IOException {
        user(ANNA, "'balance':1");
        line("withdrawals:pending", "[{'id':'w1','userId':'" + ANNA + "','amount':5}]");
        line("chat:messages:c1", "[{'id':'m1','message':'only here'}]");
        line("tickets:queue", "['t-gone']");
        line("bonuses:claimed:" + ANNA, "['tier_silver',{'id':'referral_5','amount':25}]");
        line("bonuses:log:" + ANNA, "[{'amount':7}]");
        line("profits:" + ANNA, "{'totalEarned':30,'special':'S'}");
        line("invitecode:ABCDE", "{'userId':'" + ANNA + "','campaign':'C'}");
        assertThat(runTwice().out()).contains("of the records 5 carried over, 3 kept", "2 claimed bonuses");
        assertThat(kept("withdrawals:pending", "{0,amount}")).isEqualTo("5");
        assertThat(kept("chat:messages:c1", "{0,message}")).isEqualTo("only here");
        assertThat(kept("bonuses:log:" + ANNA, "{0,amount}")).isEqualTo("7");
        assertThat(kept("profits:" + ANNA, "{special}")).isEqualTo("S");
        assertThat(kept("invitecode:ABCDE", "{campaign}")).isEqualTo("C");
    }

    @Test
    void premiumAssignmentsThatEndedAreNotOfferedAgain() throws IOException {
        user(ANNA, "'premiumAssignment':{'amount':'100','position':'3','status':'active'}");
        user(BERT, "'premiumAssignment':{'amount':100,'position':2,'status':'completed'}");
        user(CARL, "'accountFrozen':true,'freezeAmount':5,'freezeReason':'Case 12'");
        assertThat(runTwice().out()).contains("100.00 at position 3", "(PREMIUM_ENDED)", "it was: Case 12");
        assertThat(ImportRun.number(url, "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'premium:%'"))
                .isOne();
        assertThat(kept("user:" + BERT, "{premiumAssignment,position}")).isEqualTo("2");
    }

    @Test
    void brokenCharactersCostNoMember() throws IOException {
        line("user:" + ANNA, "{'name':'Cut \\ud83d','balance':42.5}");
        line("a\\u0000b", "1");
        lines.add("x");
        Path file = Files.write(dir.resolve("dump.jsonl"), lines);
        String latin = "{\"key\":\"user:" + BERT + "\",\"value\":{\"name\":\"caf\u00e9\",\"balance\":7.5}}\n";
        Files.write(file, latin.getBytes(StandardCharsets.ISO_8859_1), java.nio.file.StandardOpenOption.APPEND);
        ImportRun run = ImportRun.of(url, file);
        assertThat(run.out())
                .contains("3 texts with characters", "line 4: bytes that are no UTF-8", "1 lines left out");
        assertThat(ImportRun.number(url, "SELECT sum(posted) FROM ledger_account WHERE kind = 'member'"))
                .isEqualTo(50_00);
        assertThat(members("name IN ('Cut \uFFFD', 'caf\uFFFD')")).isEqualTo(2);
    }

    @Test
    void linesWithMoreOrLessThanARecordAreTold() throws IOException {
        line("a:b", "1");
        lines.add("   ");
        lines.set(0, lines.get(0) + " " + lines.get(0));
        line("text", "'[1] see chapter'");
        lines.add("{\"key\":\"deep\",\"value\":" + "[".repeat(1_500) + "]".repeat(1_500) + "}");
        lines.add("{\"key\":\"twice\",\"value\":1,\"value\":2}");
        lines.add("{\"key\":\"cut\",\"val");
        assertThat(runTwice().out())
                .contains("1 records, 4 lines left out, 1 empty lines")
                .contains("line 1: something follows the record", "line 4: nested too deeply")
                .contains("line 5: names a field twice", "line 6: ends too early");
        assertThat(kept("text", "{}")).isEqualTo("[1] see chapter");
    }

    @Test
    void filesThatHoldNoRecordAreRefused() throws IOException {
        assertThat(run().out()).contains("PROBLEM: there is no record in the file");
        lines.add("[]");
        assertThat(run("--dry-run").exit()).isEqualTo(1);
        Path file =
                Files.writeString(dir.resolve("wide.jsonl"), "{\"key\":\"a\",\"value\":1}", StandardCharsets.UTF_16);
        assertThat(ImportRun.of(url, file).err()).contains("is written in UTF-16");
        ImportRun same = ImportRun.of(
                url, file, "--report", dir.resolve(".").resolve("wide.jsonl").toString());
        assertThat(same.err()).startsWith("The report would overwrite the dump");
        assertThat(Files.size(file)).isPositive();
    }

    @Test
    void compressedDumpsAreRead() throws IOException {
        Path file = dir.resolve("dump.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"key\":\"a:b\",\"value\":1}\n".repeat(2).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(ImportRun.of(url, file).out()).contains("2 records, 0 lines left out", "1 the same as a later one");
    }

    @Test
    void aPendingWithdrawalThatComesLateIsKeptAndTold() throws IOException {
        user(ANNA, "'balance':10");
        assertThat(run().exit()).isZero();
        line("withdrawal:" + ANNA + "-1740000000000", "{'amount':5,'status':'Pending '}");
        assertThat(run("--dry-run").out()).contains("(WITHDRAWAL_LATE)", "-1740000000000: 5.00");
        assertThat(runTwice().out()).contains("(WITHDRAWAL_LATE)");
        assertThat(kept("withdrawal:" + ANNA + "-1740000000000", "{amount}")).isEqualTo("5");
    }

    @Test
    void manyLargeRecordsAreNeverInMemoryTogether() throws IOException {
        user(ANNA, "'balance':1,'photo':'" + "p".repeat(3_000_000) + "'");
        user(BERT, "'balance':1,'photo':'" + "p".repeat(6_000_000) + "'");
        user(CARL, "'balance':1,'photo':'" + "p".repeat(6_000_000) + "'");
        for (int i = 0; i < 4; i++) {
            line("blob:" + i, "'" + "b".repeat(4_000_000) + "'");
        }
        assertThat(run().out()).contains("of the records 3 carried over, 4 kept");
        try (Sql sql = new Sql(
                new io.cloneplatform.common.config.DatabaseConfig(new io.cloneplatform.common.config.Secret(url), 1))) {
            new DumpLoader(sql, new Findings(null)).load(new DumpFile(dir.resolve("dump.jsonl")));
            Dump dump = new Dump(sql);
            List<Integer> pages = new ArrayList<>();
            dump.each(Kind.OTHER, page -> pages.add(page.size()));
            assertThat(pages).containsExactly(3, 1);
            pages.clear();
            dump.eachBatch(List.of(ANNA, BERT, CARL), 100, id -> id, batch -> pages.add(batch.size()));
            assertThat(pages).containsExactly(2, 1);
        }
    }
}
