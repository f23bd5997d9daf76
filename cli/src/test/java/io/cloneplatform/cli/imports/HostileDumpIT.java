package io.cloneplatform.cli.imports;

import static io.cloneplatform.cli.imports.TestDump.ANNA;
import static io.cloneplatform.cli.imports.TestDump.BERT;
import static io.cloneplatform.cli.imports.TestDump.CARL;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records as nobody would write them: none of them stops an import, leaks a secret or gets lost. */
class HostileDumpIT {
    @TempDir
    private Path dir;

    private TestDump dump;

    @BeforeEach
    void create() {
        dump = new TestDump(dir);
    }

    @Test
    void keysThatEndTooEarlyAreKept() throws IOException {
        dump.user(ANNA, "'balance':1");
        List.of("referral:" + ANNA + ":", "referral::x", "user:", ":", "product:", "ticket:", "profits: ", "referral:x")
                .forEach(key -> dump.line(key, "{'x':1}"));
        assertThat(dump.runTwice().out())
                .contains("of the records 1 carried over, 8 kept as they were under legacy:, 0 the");
    }

    @Test
    void idsThatDifferAtTheirFrontAloneGetUsernamesOfTheirOwn() throws IOException {
        dump.line("user:11111111-1111-4111-8111-000000000001", "{'balance':1}");
        dump.line("user:22222222-1111-4111-8111-000000000001", "{'balance':2}");
        dump.line("user:33333333-1111-4111-8111-000000000001", "{'username':'member-000000000001'}");
        dump.line(
                "user:44444444-1111-4111-8111-000000000001",
                "{'email':'11111111-1111-4111-8111-000000000001@imported.invalid'}");
        dump.runTwice();
        assertThat(dump.members("email LIKE id || '@imported.invalid'")).isEqualTo(4);
    }

    @Test
    void fieldsLongerThanAnIndexTakesAreKept() throws IOException {
        String random = new java.util.Random(1)
                .ints(9_000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        dump.line("odd:1", "{'userId':'" + random + "'}");
        dump.line("faq:long", "{'question':'Q','answer':'" + random + "'}");
        dump.line("odd:2", "{'userId':{'id':'" + random + "'},'status':'" + random + "'}");
        dump.runTwice();
        assertThat(dump.kept("odd:1", "{value,userId}")).isEqualTo(random);
        assertThat(dump.kept("faq:long", "{answer}")).isEqualTo(random);
    }

    @Test
    void noSecretGetsIntoADocument() throws IOException {
        dump.user(ANNA, "'balance':10,'password':'LEAK','withdrawalPassword':'$ecret'");
        String own = "'userId':'" + ANNA + "'";
        dump.line(
                "withdrawal:" + ANNA + "-1740000000000",
                "{" + own + ",'amount':2,'status':'approved','withdrawalPassword':'LEAK','bank':'B'}");
        dump.line(
                "withdrawal:" + ANNA + "-1740000000001",
                "{" + own + ",'amount':2,'status':'pending','withdrawalPassword':'LEAK'}");
        dump.line("ticket:t1", "{" + own + ",'accessToken':'LEAK'}");
        dump.line("product:" + ANNA + ":1", "{" + own + ",'productValue':5,'authToken':'LEAK'}");
        dump.line("conversation:c1", "{" + own + ",'password':{'plain':'LEAK'}}");
        dump.line("creds:1", "{'passwords':['LEAK']}");
        dump.line("tokens:1", "['eyJhbGciOi.eyJzdWIi.LEAK']");
        dump.line("session:1", "'eyJhbGciOi.eyJzdWIi.LEAK'");
        dump.line("withdrawalPassword:" + ANNA, "'LEAK'");
        assertThat(dump.runTwice().out()).contains("10 secrets that were not kept");
        assertThat(ImportRun.number(dump.url, "SELECT count(*) FROM kv_store_44a642d3 WHERE value::text LIKE '%LEAK%'"))
                .isZero();
        assertThat(
                        ImportRun.number(
                                dump.url,
                                "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'withdrawal:%' AND value #>> '{legacy,bank}' = 'B'"))
                .isOne();
    }

    @Test
    void onlyPasswordsInClearBecomeHashes() throws IOException {
        dump.user(ANNA, "'withdrawalPassword':'$ecret1'");
        dump.user(BERT, "'withdrawalPassword':'$2a$10$abcdefghijklmnopqrstuv'");
        dump.user(CARL, "'withdrawalPassword':'" + "x".repeat(129) + "'");
        dump.line("user:dddddddd-4444-4444-8444-444444444444", "{'withdrawalPassword':{'hash':'x'}}");
        dump.line("user:eeeeeeee-4444-4444-8444-444444444444", "{'withdrawal_password':1234}");
        assertThat(dump.runTwice().out())
                .contains(
                        BERT + ": is a hash of another kind", CARL + ": is longer than 128 characters", ": is no text");
        assertThat(ImportRun.number(
                        dump.url, "SELECT count(*) FROM credential WHERE withdrawal_password_hash IS NOT NULL"))
                .isEqualTo(2);
    }

    @Test
    void whatOnlyQueuesAndClaimsSayIsKept() throws IOException {
        dump.user(ANNA, "'balance':1");
        dump.line("withdrawals:pending", "[{'id':'w1','userId':'" + ANNA + "','amount':5}]");
        dump.line("chat:messages:c1", "[{'id':'m1','message':'only here'}]");
        dump.line("tickets:queue", "['t-gone']");
        dump.line("bonuses:claimed:" + ANNA, "['tier_silver',{'id':'referral_5','amount':25}]");
        dump.line("bonuses:log:" + ANNA, "[{'amount':7}]");
        dump.line("profits:" + ANNA, "{'totalEarned':30,'special':'S'}");
        dump.line("invitecode:ABCDE", "{'userId':'" + ANNA + "','campaign':'C'}");
        assertThat(dump.runTwice().out()).contains("of the records 5 carried over, 3 kept", "2 claimed bonuses");
        assertThat(dump.kept("withdrawals:pending", "{0,amount}")).isEqualTo("5");
        assertThat(dump.kept("chat:messages:c1", "{0,message}")).isEqualTo("only here");
        assertThat(dump.kept("bonuses:log:" + ANNA, "{0,amount}")).isEqualTo("7");
        assertThat(dump.kept("profits:" + ANNA, "{special}")).isEqualTo("S");
        assertThat(dump.kept("invitecode:ABCDE", "{campaign}")).isEqualTo("C");
    }

    @Test
    void premiumAssignmentsThatEndedAreNotOfferedAgain() throws IOException {
        dump.user(ANNA, "'premiumAssignment':{'amount':'100','position':'3','status':'active'}");
        dump.user(BERT, "'premiumAssignment':{'amount':100,'position':2,'status':'completed'}");
        dump.user(CARL, "'accountFrozen':true,'freezeAmount':5,'freezeReason':'Case 12'");
        assertThat(dump.runTwice().out()).contains("100.00 at position 3", "(PREMIUM_ENDED)", "it was: Case 12");
        assertThat(ImportRun.number(dump.url, "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'premium:%'"))
                .isOne();
        assertThat(dump.kept("user:" + BERT, "{premiumAssignment,position}")).isEqualTo("2");
    }

    @Test
    void aPendingWithdrawalThatComesLateIsKeptAndTold() throws IOException {
        dump.user(ANNA, "'balance':10");
        assertThat(dump.run().exit()).isZero();
        dump.line("withdrawal:" + ANNA + "-1740000000000", "{'amount':5,'status':'Pending '}");
        assertThat(dump.run("--dry-run").out()).contains("(WITHDRAWAL_LATE)", "-1740000000000: 5.00");
        assertThat(dump.runTwice().out()).contains("(WITHDRAWAL_LATE)");
        assertThat(dump.kept("withdrawal:" + ANNA + "-1740000000000", "{amount}"))
                .isEqualTo("5");
    }
}
