package io.cloneplatform.earnings.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Documents that someone with the triggers off typed, forged or lost: the check of the books names each. $P is the parent
 * and $M the member, who has an approved withdrawal $PAID and a cancelled one $TAKEN, a submission $S, a reversed one $R and a bonus.
 */
class VerifyDocumentsIT {
    private static EarningsPlatform earnings;
    private static Member parent;
    private static Member member;
    private static String submission;
    private static String reversed;
    private static final UUID PAID = UUID.randomUUID();
    private static final UUID TAKEN = UUID.randomUUID();

    @BeforeAll
    static void start() {
        earnings = EarningsPlatform.start();
        List<Member> line = earnings.line(2);
        parent = line.get(0);
        member = line.get(1);
        submission = earnings.submit(member, "5000").at("/product/id").asText();
        reversed = earnings.submit(member, "10").at("/product/id").asText();
        earnings.asAdmin(Addresses.EARNINGS_REVERSE, "{'transferId':'" + reversed + "','reason':'A mistake'}");
        earnings.platform().ok(Addresses.EARNINGS_BONUS_CLAIM, member.caller(), Map.of("id", "volume_1k"), null);
        for (UUID id : List.of(PAID, TAKEN)) {
            execute("SELECT ledger_hold('" + id + "', '$M', 400, 'withdrawal', '" + id + "')");
            execute("INSERT INTO $T (key, value) VALUES ('withdrawal:$M:" + id + "', '{\"id\":\"" + id
                    + "\",\"userId\":\"$M\",\"amount\":4,\"status\":\"pending\"}')");
        }
        execute("UPDATE $T SET value = value || '{\"status\":\"approved\"}' WHERE key = 'withdrawal:$M:$PAID'");
        execute("UPDATE $T SET value = value || '{\"status\":\"cancelled\"}' WHERE key = 'withdrawal:$M:$TAKEN'");
        everyChangeIsCounted();
        earnings.assertBooksBalance();
        execute("CREATE TABLE documents_as_written AS SELECT key, value, created_at FROM $T");
    }

    /** Whoever bends a line before its members are counted has them counted elsewhere: not what this test is about. */
    private static void everyChangeIsCounted() {
        while (earnings.platform().number("SELECT count(*) FROM network_change") > 0) {
            earnings.platform().number("SELECT platform_fold(100)");
        }
    }

    @AfterAll
    static void stop() {
        earnings.close();
    }

    @BeforeEach
    void putBack() {
        tamper("DELETE FROM $T");
        tamper("INSERT INTO $T (key, value, created_at) SELECT key, value, created_at FROM documents_as_written");
        earnings.assertBooksBalance();
    }

    private static void execute(String statement) {
        earnings.platform().execute(filled(statement));
    }

    private static String filled(String text) {
        return text.replace("$PAID", PAID.toString())
                .replace("$TAKEN", TAKEN.toString())
                .replace("$T", "kv_store_44a642d3")
                .replace("$S", String.valueOf(submission))
                .replace("$R", String.valueOf(reversed))
                .replace("$P", parent.id().toString())
                .replace("$M", member.id().toString());
    }

    private static void tamper(String statement) {
        execute("SET session_replication_role = replica");
        execute(statement);
        execute("RESET session_replication_role");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            value = {
                "UPDATE $T SET value = value || '{\"status\":\"denied\"}' WHERE key LIKE '%:$PAID' => every closed withdrawal was settled => withdrawal:$M:$PAID",
                "UPDATE $T SET value = value || '{\"status\":\"approved\"}' WHERE key LIKE '%:$TAKEN' => every closed withdrawal was settled => withdrawal:$M:$TAKEN",
                "UPDATE $T SET value = value || '{\"amount\":40}' WHERE key LIKE '%:$TAKEN' => every closed withdrawal was settled => withdrawal:$M:$TAKEN",
                "UPDATE $T SET value = value - 'status' WHERE key LIKE '%:$PAID' => every closed withdrawal was settled => withdrawal:$M:$PAID",
                "DELETE FROM $T WHERE key LIKE '%:$PAID' => every closed withdrawal was settled => withdrawal:$M:$PAID",
                "INSERT INTO $T (key, value) VALUES ('withdrawal:$M:x', '{\"amount\":5,\"status\":\"approved\"}') => every closed withdrawal was settled => withdrawal:$M:x",
                "INSERT INTO $T (key, value) VALUES ('product:$M:x', '{\"amount\":5,\"status\":\"credited\"}') => every credited submission has its document => product:$M:x",
                "UPDATE $T SET value = value || '{\"value\":5}' WHERE key LIKE '%:$S' => every credited submission has its document => product:$M:$S",
                "UPDATE $T SET value = value || '{\"userEarned\":5}' WHERE key LIKE '%:$S' => every credited submission has its document => product:$M:$S",
                "UPDATE $T SET value = value || '{\"status\":\"credited\"}' WHERE key LIKE '%:$R' => every credited submission has its document => product:$M:$R",
                "UPDATE $T SET value = value || '{\"status\":\"reversed\"}' WHERE key LIKE '%:$S' => every credited submission has its document => product:$M:$S",
                "UPDATE $T SET value = value || '{\"status\":\"rejected\"}' WHERE key LIKE '%:$R' => every credited submission has its document => product:$M:$R",
                "INSERT INTO $T (key, value) VALUES ('bonus:$M:x', '{\"amount\":5}') => every claimed bonus was paid => bonus:$M:x",
                "UPDATE $T SET value = value || '{\"amount\":5}' WHERE key LIKE 'bonus:%' => every claimed bonus was paid => bonus:$M:volume_1k",
                "DELETE FROM $T WHERE key LIKE 'bonus:%' => every claimed bonus was paid => bonus:$M:volume_1k",
                "INSERT INTO $T (key, value) VALUES ('referral:$M:$P', '{\"totalSharedProfit\":0}') => every line begins at the parent => referral:$M:$P",
                "DELETE FROM $T WHERE key LIKE 'referral:%' => every line begins at the parent => referral:$P:$M",
                "UPDATE $T SET value = value || '{\"parentUserId\":null}' WHERE key = 'user:$M' => every line begins at the parent => $M parentUserId",
                "UPDATE $T SET value = value || '{\"id\":\"x\"}' WHERE key = 'user:$M' => every line begins at the parent => $M id",
                "UPDATE $T SET value = value || '{\"premiumAssignment\":{\"id\":\"1\",\"status\":\"active\"}}' WHERE key = 'user:$M' => every open assignment is shown => user:$M",
                "INSERT INTO $T (key, value) VALUES ('premium:$M:1', '{\"id\":\"1\",\"userId\":\"$M\",\"status\":\"offered\"}') => every open assignment is shown => user:$M"
            })
    void isNamed(String statement, String check, String subject) {
        tamper(statement);
        requireNamed(check, subject);
    }

    private static void requireNamed(String check, String subject) {
        JsonNode problems =
                earnings.asAdmin(Addresses.EARNINGS_LEDGER_VERIFY, Map.of()).get("problems");
        assertThat(problems)
                .as("%s", problems)
                .anyMatch(problem -> problem.get("check").asText().equals(check)
                        && problem.get("subject").asText().equals(filled(subject)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            value = {
                "UPDATE member SET grandparent_id = '$M' WHERE id = '$M' => UPDATE member SET grandparent_id = NULL WHERE id = '$M' => every line begins at the parent => $M grandparent",
                "UPDATE member SET parent_id = NULL WHERE id = '$M' => UPDATE member SET parent_id = '$P' WHERE id = '$M' => every line begins at the parent => referral:$P:$M",
                "UPDATE ledger_account SET closed = true WHERE id = '$M' => UPDATE ledger_account SET closed = false WHERE id = '$M' => every member has an account => $M"
            })
    void aLineThatWasBentIsNamed(String statement, String undo, String check, String subject) {
        tamper(statement);
        try {
            requireNamed(check, subject);
        } finally {
            tamper(undo);
        }
    }
}
