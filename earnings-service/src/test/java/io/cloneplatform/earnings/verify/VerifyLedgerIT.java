package io.cloneplatform.earnings.verify;

import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifyLedgerIT {
    private EarningsPlatform earnings;
    private List<Member> line;

    @BeforeEach
    void start() {
        earnings = EarningsPlatform.start();
        line = earnings.line(4);
        earnings.submit(line.get(3), "99.99");
        earnings.submit(line.get(1), "10");
        withdraw(line.get(3), 1_000);
        earnings.assertBooksBalance();
    }

    @AfterEach
    void stop() {
        earnings.close();
    }

    private void withdraw(Member member, long minor) {
        UUID id = UUID.randomUUID();
        earnings.platform()
                .execute("SELECT ledger_hold(?, ?, ?, 'withdrawal', ?)", id, member.id(), minor, id.toString());
        earnings.platform()
                .execute(
                        "INSERT INTO kv_store_44a642d3 (key, value) VALUES ('withdrawal:' || ?::text || ':' || ?::text, jsonb_build_object('id', ?::text, 'userId', ?::text, 'amount', to_major(?), 'status', 'pending'))",
                        member.id().toString(),
                        id.toString(),
                        id.toString(),
                        member.id().toString(),
                        minor);
    }

    /** Does what no role but a superuser with the triggers off could do. */
    private void tamper(String statement, Object... args) {
        earnings.platform().execute("SET session_replication_role = replica");
        earnings.platform().execute(statement, args);
        earnings.platform().execute("RESET session_replication_role");
    }

    private JsonNode verify() {
        return earnings.asAdmin(Addresses.EARNINGS_LEDGER_VERIFY, Map.of());
    }

    private static boolean isAboutADocument(JsonNode problem) {
        return problem.get("check").asText().equals("every member's document equals the account");
    }

    private List<String> broken() {
        JsonNode answer = verify();
        assertThat(answer.get("balanced").asBoolean())
                .isEqualTo(answer.get("problems").isEmpty());
        List<String> rules = new ArrayList<>();
        answer.get("problems").forEach(problem -> rules.add(problem.get("check").asText()));
        return rules.stream().distinct().toList();
    }

    @Test
    void saysWhatItCheckedAndWhatIsOwed() {
        JsonNode answer = verify();
        assertThat(answer.get("checkedTransfers").asInt()).isEqualTo(3);
        assertThat(answer.get("checkedAccounts").asInt())
                .as("four members and nineteen of the system")
                .isEqualTo(4 + 19);
        assertThat(minor(answer.at("/totals/memberLiabilities"))).isEqualTo(9_999 + 900);
        assertThat(minor(answer.at("/totals/held"))).isEqualTo(1_000);
        assertThat(minor(answer.at("/totals/platformFunds"))).isZero();
    }

    @Test
    void findsAnEditedEntry() {
        tamper(
                "UPDATE ledger_entry SET amount = amount + 1 WHERE account_id = ? AND role = 'own'",
                line.get(3).id());
        assertThat(broken())
                .containsExactly(
                        "every transfer adds up to zero",
                        "every balance follows from the one before",
                        "every account equals its entries",
                        "every month equals its entries",
                        "every credited submission has its document");
    }

    @Test
    void findsAMissingTransferAndOneWithoutEntries() {
        tamper(
                "DELETE FROM ledger_transfer WHERE kind = 'submission' AND id = (SELECT min(id::text)::uuid FROM ledger_transfer)");
        assertThat(broken()).contains("every transfer has its entries");
        tamper("DELETE FROM ledger_entry");
        assertThat(broken()).contains("every transfer has its entries", "every account equals its entries");
    }

    @Test
    void findsABalanceThatWasTypedIntoAnAccountAndNamesBothNumbers() {
        tamper(
                "UPDATE ledger_account SET balance = balance + 500 WHERE id = ?",
                line.get(0).id());
        JsonNode problem = verify().at("/problems/0");
        assertThat(problem.get("check").asText()).isEqualTo("every account equals its entries");
        assertThat(problem.get("subject").asText()).isEqualTo(line.get(0).id() + " balance");
        assertThat(minor(problem.get("expected"))).isEqualTo(600);
        assertThat(minor(problem.get("actual"))).isEqualTo(1_100);
        assertThat(broken()).contains("all accounts add up to zero", "every member's document equals the account");
    }

    @Test
    void findsADocumentThatDiffersFromItsAccountWhateverWasTyped() {
        for (String field : List.of("balance", "heldBalance", "totalEarned", "productsSubmitted")) {
            tamper(
                    "UPDATE kv_store_44a642d3 SET value = value || jsonb_build_object(?::text, '{\"much\": true}'::jsonb) WHERE key = ?",
                    field,
                    "user:" + line.get(2).id());
        }
        assertThat(verify().get("problems")).hasSize(4);
        tamper(
                "DELETE FROM kv_store_44a642d3 WHERE key = ?",
                "user:" + line.get(1).id());
        assertThat(verify().get("problems"))
                .filteredOn(VerifyLedgerIT::isAboutADocument)
                .hasSize(8);
        assertThat(broken())
                .containsExactly(
                        "every member's document equals the account",
                        "every document is counted",
                        "every list is complete");
    }

    @Test
    void importedOffsetsArePartOfTheExpectation() {
        tamper(
                "UPDATE kv_store_44a642d3 SET value = value || '{\"openingProducts\": 7, \"productsSubmitted\": 8}' WHERE key = ?",
                "user:" + line.get(3).id());
        String referral = "referral:" + line.get(2).id() + ":" + line.get(3).id();
        tamper("DELETE FROM kv_store_44a642d3 WHERE key = ?", referral);
        earnings.platform()
                .execute(
                        "INSERT INTO kv_store_44a642d3 (key, value) VALUES (?, '{\"openingSharedProfit\": 5, \"totalSharedProfit\": 5}')",
                        referral);
        tamper("UPDATE kv_store_44a642d3 SET value = value || '{\"totalSharedProfit\": 15}' WHERE key = ?", referral);
        earnings.assertBooksBalance();
        tamper(
                "UPDATE kv_store_44a642d3 SET value = value || '{\"openingProducts\": 6, \"openingSharedProfit\": 4}' WHERE key = ? OR key = ?",
                "user:" + line.get(3).id(),
                referral);
        assertThat(broken())
                .containsExactly(
                        "every member's document equals the account",
                        "every referral equals its commissions",
                        "every network is counted");
    }

    @Test
    void findsAPendingWithdrawalWithoutItsHoldAndTheReverse() {
        tamper(
                "UPDATE kv_store_44a642d3 SET value = value || '{\"status\": \"denied\"}' WHERE key LIKE 'withdrawal:%'");
        assertThat(broken())
                .containsExactly(
                        "every pending withdrawal has its hold",
                        "every closed withdrawal was settled",
                        "every document is counted");
        tamper(
                "UPDATE kv_store_44a642d3 SET value = value || '{\"status\": \"pending\", \"amount\": 11}' WHERE key LIKE 'withdrawal:%'");
        assertThat(broken()).containsExactly("every pending withdrawal has its hold", "every document is counted");
        tamper("UPDATE kv_store_44a642d3 SET value = value || '{\"amount\": 10}' WHERE key LIKE 'withdrawal:%'");
        tamper(
                "INSERT INTO kv_store_44a642d3 (key, value) VALUES ('withdrawal:x:y', '{\"status\": \"pending\", \"amount\": 10}')");
        assertThat(broken()).containsExactly("every pending withdrawal has its hold", "every document is counted");
    }

    @Test
    void findsAMonthThatDiffersFromItsEntries() {
        tamper(
                "UPDATE ledger_month SET entries = entries + 1 WHERE account_id = ?",
                line.get(3).id());
        assertThat(broken()).containsExactly("every month equals its entries");
        tamper("DELETE FROM ledger_month WHERE account_id = ?", line.get(3).id());
        assertThat(broken()).containsExactly("every month equals its entries", "revenue equals the months");
    }

    @Test
    void findsASubmissionWhoseDocumentSaysSomethingElse() {
        tamper("UPDATE kv_store_44a642d3 SET value = value || '{\"amount\": 1}' WHERE key LIKE 'product:%'");
        assertThat(verify().get("problems")).hasSize(2);
        tamper("UPDATE kv_store_44a642d3 SET value = value || '{\"status\": \"rejected\"}' WHERE key LIKE 'product:%'");
        assertThat(broken()).containsExactly("every credited submission has its document", "every document is counted");
        assertThat(verify().at("/problems/0/actual").asText()).isEqualTo("rejected");
    }

    @Test
    void findsANumberOfThePlatformThatIsOff() {
        Map<String, String> edits = Map.ofEntries(
                entry(
                        "UPDATE ledger_account SET commission_rank = 3 WHERE commission > 0 AND commission_rank <> 3",
                        "every rank counts its members"),
                entry("UPDATE platform_rank SET members = members + 1", "every rank counts its members"),
                entry("DELETE FROM platform_activity", "every day counts who was active last on it"),
                entry(
                        "UPDATE ledger_account SET active_on = active_on - 1",
                        "every day counts who was active last on it"),
                entry(
                        "UPDATE platform_revenue SET amount = amount - 1 WHERE role = 'own'",
                        "revenue equals the months"),
                entry(
                        "UPDATE platform_members SET members = members + 1 WHERE part = (SELECT min(part) FROM platform_members)",
                        "every member is counted"),
                entry("INSERT INTO platform_frozen VALUES ('user:nobody')", "every paused account is listed"),
                entry(
                        "INSERT INTO platform_change (name, number, amount) VALUES ('submission credited', 1, 0)",
                        "every document is counted"),
                entry(
                        "INSERT INTO platform_change (name, number, amount) VALUES ('withdrawal pending', 0, 1)",
                        "every document is counted"),
                entry("INSERT INTO platform_list VALUES ('frozen', '', 'user:nobody')", "every list is complete"),
                entry("UPDATE platform_list SET at = '2020' WHERE list = 'member Normal'", "every list is complete"),
                entry(
                        "INSERT INTO network_change (member, joined) SELECT id, true FROM member WHERE parent_id IS NOT NULL",
                        "every network is counted"),
                entry(
                        "INSERT INTO network_change (member, opening_shared) SELECT id, 1 FROM member WHERE parent_id IS NOT NULL",
                        "every network is counted"),
                entry(
                        "INSERT INTO network_change (member, active_on) SELECT id, '2020-01-01' FROM member WHERE parent_id IS NOT NULL",
                        "every network knows who is active"));
        int problems = 0;
        for (Map.Entry<String, String> edit : edits.entrySet()) {
            tamper(edit.getKey());
            assertThat(broken()).as(edit.getKey()).contains(edit.getValue());
            assertThat(verify().get("problems").size()).as(edit.getKey()).isGreaterThan(problems);
            problems = verify().get("problems").size();
        }
    }

    @Test
    void namesAHundredProblemsAtMost() {
        tamper(
                "INSERT INTO kv_store_44a642d3 (key, value) SELECT 'withdrawal:x:' || n, '{\"status\": \"pending\", \"amount\": 1}' FROM generate_series(1, 150) n");
        assertThat(verify().get("problems")).hasSize(100);
    }

    @Test
    void workGoingOnMeanwhileIsNotDrift() {
        List<Future<Reply>> work = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            work.add(earnings.submitting(line.get(i % 4), "1.23"));
        }
        for (int i = 0; i < 5; i++) {
            earnings.assertBooksBalance();
        }
        EarningsPlatform.answers(work);
        earnings.assertBooksBalance();
    }
}
