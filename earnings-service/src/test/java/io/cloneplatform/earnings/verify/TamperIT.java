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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Someone with every right, and the triggers off, rewrites one row of the journal: the check of the books names the
 * transfer or an account of it. $T is the transfer, a submission of 99.99 along a line of
 * four, $M its member and $A an adjustment of the same member.
 */
class TamperIT {
    private static EarningsPlatform earnings;
    private static Member member;
    private static UUID transfer;
    private static String adjustment;

    @BeforeAll
    static void start() {
        earnings = EarningsPlatform.start();
        List<Member> line = earnings.line(4);
        member = line.get(3);
        earnings.submit(line.get(1), "10");
        transfer = UUID.fromString(
                earnings.submit(member, "99.99").at("/product/id").asText());
        adjustment = earnings.asAdmin(
                        Addresses.EARNINGS_ADJUST_BALANCE,
                        "{'userId':'" + member.id() + "','amount':5,'reason':'Goodwill'}")
                .at("/adjustment/id")
                .asText();
        earnings.assertBooksBalance();
        execute("SELECT ledger_seal_next(1000, false)");
        execute("CREATE TABLE entries_as_booked AS TABLE ledger_entry");
        execute("CREATE TABLE transfers_as_booked AS TABLE ledger_transfer");
        execute("CREATE TABLE seals_as_made AS TABLE ledger_seal");
        execute("CREATE TABLE progress_as_made AS TABLE ledger_seal_progress");
    }

    @AfterAll
    static void stop() {
        earnings.close();
    }

    @BeforeEach
    void putBack() {
        execute("SET session_replication_role = replica");
        execute("DELETE FROM ledger_entry");
        execute("DELETE FROM ledger_transfer");
        execute("DELETE FROM ledger_seal");
        execute("INSERT INTO ledger_seal SELECT * FROM seals_as_made");
        execute("DELETE FROM ledger_seal_progress");
        execute("INSERT INTO ledger_seal_progress SELECT * FROM progress_as_made");
        execute("INSERT INTO ledger_transfer SELECT * FROM transfers_as_booked");
        execute("INSERT INTO ledger_entry OVERRIDING SYSTEM VALUE SELECT * FROM entries_as_booked");
        execute("RESET session_replication_role");
        earnings.assertBooksBalance();
    }

    private static void execute(String statement) {
        earnings.platform().execute(statement);
    }

    private static void tamper(String statement) {
        execute("SET session_replication_role = replica");
        execute(statement
                .replace("$T", "'" + transfer + "'")
                .replace("$A", "'" + adjustment + "'")
                .replace("$M", "'" + member.id() + "'"));
        execute("RESET session_replication_role");
    }

    private static void requireNamed() {
        JsonNode answer = earnings.asAdmin(Addresses.EARNINGS_LEDGER_VERIFY, Map.of());
        assertThat(answer.get("balanced").asBoolean()).as("%s", answer).isFalse();
        assertThat(answer.get("problems").findValuesAsText("subject"))
                .as("%s", answer)
                .anyMatch(subject -> subject.contains(transfer.toString())
                        || subject.contains(member.id().toString()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "an amount          | UPDATE ledger_entry SET amount = amount + 1 WHERE transfer_id = $T AND role = 'own'",
                "two amounts        | UPDATE ledger_entry SET amount = amount + CASE role WHEN 'own' THEN 1 ELSE -1 END WHERE transfer_id = $T AND role IN ('own', 'level_1')",
                "a held amount      | UPDATE ledger_entry SET held = 1 WHERE transfer_id = $T AND role = 'own'",
                "an earned amount   | UPDATE ledger_entry SET earned = earned - 1 WHERE transfer_id = $T AND role = 'own'",
                "a role             | UPDATE ledger_entry SET role = 'bonus' WHERE transfer_id = $T AND role = 'own'",
                "an account         | UPDATE ledger_entry SET account_id = gen_random_uuid() WHERE transfer_id = $T AND role = 'own'",
                "a month            | UPDATE ledger_entry SET created_at = created_at - interval '40 days' WHERE transfer_id = $T AND role = 'own'",
                "a missing entry    | DELETE FROM ledger_entry WHERE transfer_id = $T AND role = 'own'",
                "a missing transfer | DELETE FROM ledger_transfer WHERE id = $T",
                "both missing       | DELETE FROM ledger_transfer WHERE id = $T; DELETE FROM ledger_entry WHERE transfer_id = $T",
                "another id         | UPDATE ledger_transfer SET id = gen_random_uuid() WHERE id = $T",
                "another reference  | UPDATE ledger_transfer SET reference = gen_random_uuid()::text WHERE id = $T",
                "another kind       | UPDATE ledger_transfer SET kind = 'bonus' WHERE id = $T",
                "another phase      | UPDATE ledger_transfer SET phase = 'pending' WHERE id = $T"
            })
    void isNamed(String what, String statement) {
        tamper(statement);
        requireNamed();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a memo                | UPDATE ledger_transfer SET memo = 'nothing to see' WHERE id = $T",
                "a transfer's time     | UPDATE ledger_transfer SET created_at = created_at - interval '40 days' WHERE id = $T",
                "an outcome of another | UPDATE ledger_transfer SET phase = 'post', hold_id = $A WHERE id = $T",
                "a reversal of another | UPDATE ledger_transfer SET reverses = $A WHERE id = $T",
                "an entry's minute     | UPDATE ledger_entry SET created_at = created_at + interval '1 microsecond' WHERE transfer_id = $T AND role = 'own'",
                "a balance after       | UPDATE ledger_entry SET balance_after = balance_after + 1 WHERE transfer_id = $T AND role = 'own'",
                "a held balance after  | UPDATE ledger_entry SET held_after = held_after + 1 WHERE transfer_id = $T AND role = 'own'",
                "a place in the order  | ALTER TABLE ledger_entry ALTER seq SET GENERATED BY DEFAULT; UPDATE ledger_entry SET seq = seq + 1000000 WHERE transfer_id = $T; ALTER TABLE ledger_entry ALTER seq SET GENERATED ALWAYS"
            })
    void isNamedByAChain(String what, String statement) {
        tamper(statement);
        requireNamed();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a digest            | UPDATE ledger_seal SET parts = overlay(parts placing '\\x00' from 3) WHERE transfer_id = $T | $T",
                "a hash              | UPDATE ledger_seal SET hash = sha256(hash) WHERE transfer_id = $T                              | $T",
                "another transfer    | UPDATE ledger_seal SET transfer_id = '00000000-0000-7000-8000-00000000000f' WHERE transfer_id = $T | 00000000-0000-7000-8000-00000000000f",
                "a missing link      | DELETE FROM ledger_seal WHERE transfer_id = $T                                                | position 2 ",
                "the first link      | DELETE FROM ledger_seal WHERE position = 1                                                    | position 1 ",
                "the last link       | DELETE FROM ledger_seal WHERE position = 3                                                    | position 3 ",
                "all of them         | DELETE FROM ledger_seal                                                                       | position 1 ",
                "a chain begun again | DELETE FROM ledger_seal; UPDATE ledger_seal_progress SET seq = 0; SELECT ledger_seal_next(9, false); UPDATE ledger_seal_progress p SET seq = t.seq FROM (SELECT max(seq) AS seq FROM ledger_transfer) t | position 1 ",
                "two in another order | UPDATE ledger_seal SET position = position + 10 WHERE position > 1; UPDATE ledger_seal SET position = 15 - position WHERE position > 1 | position 2"
            })
    void aChainThatIsTamperedWithIsNamed(String what, String statement, String subject) {
        tamper(statement);
        JsonNode answer = earnings.asAdmin(Addresses.EARNINGS_LEDGER_VERIFY, Map.of());
        assertThat(answer.get("problems").findValuesAsText("subject"))
                .as("%s", answer)
                .anyMatch(found -> found.contains(
                        subject.replace("$T", transfer.toString()).strip()));
    }

    @Test
    void aForgedTransferIsNamedThoughEverySumIsRewrittenWithIt() {
        forge(700);
        try {
            requireNamed();
        } finally {
            forge(-700);
        }
    }

    private static void forge(long cents) {
        List.of(
                        "UPDATE ledger_entry SET amount = amount + sign(amount) * $C WHERE transfer_id = $A",
                        "UPDATE ledger_account SET balance = balance + $C WHERE id = $M",
                        "UPDATE ledger_account SET balance = balance - $C WHERE name = 'backing'",
                        "UPDATE ledger_month SET amount = amount + $C WHERE account_id = $M AND role = 'adjustment'",
                        "UPDATE ledger_month m SET amount = m.amount - $C FROM ledger_account a WHERE a.id = m.account_id AND a.name = 'backing'",
                        "UPDATE kv_store_44a642d3 SET value = value || jsonb_build_object('balance', to_major(to_minor((value ->> 'balance')::numeric) + $C)) WHERE key = 'user:' || $M")
                .forEach(statement -> tamper(statement.replace("$C", "(" + cents + ")")));
    }
}
