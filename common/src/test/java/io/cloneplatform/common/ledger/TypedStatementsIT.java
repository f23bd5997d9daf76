package io.cloneplatform.common.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An operator with every right types SQL at the documents of the books. $P is the parent and $M the member; $HELD and $PAID
 * are the member's withdrawals, $CREDITED and $WAITING submissions; $T is the shared table, and PUT sets a field of a
 * document.
 */
class TypedStatementsIT {
    private static TestPlatform platform;
    private static Member parent;
    private static Member member;
    private static final UUID HELD = Ids.next();
    private static final UUID PAID = Ids.next();
    private static final UUID CREDITED = Ids.next();
    private static final UUID WAITING = Ids.next();

    @BeforeAll
    static void start() {
        platform = TestPlatform.start(List.of());
        parent = platform.member("parent", null);
        member = platform.member("member", parent);
        platform.credit(member, 10_000);
        for (UUID id : List.of(HELD, PAID)) {
            execute("SELECT ledger_hold('" + id + "', '$M', 400, 'withdrawal', '" + id + "')");
            execute("INSERT INTO $T (key, value) VALUES ('withdrawal:$M:" + id + "', '{\"id\":\"" + id
                    + "\",\"userId\":\"$M\",\"amount\":4,\"status\":\"pending\"}')");
        }
        execute("UPDATE $T SET value = value || '{\"status\":\"approved\"}' WHERE key = 'withdrawal:$M:$PAID'");
        execute(
                """
                BEGIN;
                SELECT ledger_transfer_post('$CREDITED', 'submission', '$CREDITED', NULL,
                  ARRAY['$M', '$P', 'ffffffff-ffff-ffff-ffff-fffffffffff2']::uuid[], ARRAY['own', 'level_1', 'source'],
                  ARRAY[900, 100, -1000]::bigint[], ARRAY[900, 100, 0]::bigint[]);
                INSERT INTO $T (key, value) VALUES ('product:$M:$CREDITED',
                  '{"id":"$CREDITED","userId":"$M","value":10,"amount":10,"status":"credited","userEarned":9,"commissions":[]}');
                UPDATE $T SET value = value || '{"totalSharedProfit":1}' WHERE key = 'referral:$P:$M';
                SELECT ledger_transfer_post(gen_random_uuid(), 'bonus', '$M:products_10', NULL,
                  ARRAY['$M', 'ffffffff-ffff-ffff-ffff-fffffffffff2']::uuid[], ARRAY['bonus', 'source'],
                  ARRAY[2500, -2500]::bigint[], ARRAY[2500, 0]::bigint[]);
                COMMIT;
                INSERT INTO $T (key, value) VALUES ('bonus:$M:products_10', '{"userId":"$M","amount":25,"status":"claimed"}');
                INSERT INTO $T (key, value) VALUES ('product:$M:$WAITING',
                  '{"id":"$WAITING","userId":"$M","value":20000,"amount":20000,"status":"pending_review","userEarned":0}')
                """);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static void execute(String statement) {
        platform.execute(statement
                .replaceAll("PUT (\\w+) = (\\S+) WHERE", "SET value = jsonb_set(value, '{$1}', '$2') WHERE")
                .replace("$T", "kv_store_44a642d3")
                .replace("$M", member.id().toString())
                .replace("$HELD", HELD.toString())
                .replace("$PAID", PAID.toString())
                .replace("$P", parent.id().toString())
                .replace("$CREDITED", CREDITED.toString())
                .replace("$WAITING", WAITING.toString()));
    }

    private static String books() {
        return platform.single(
                        "SELECT string_agg(key || value, E'\\n' ORDER BY key) FROM kv_store_44a642d3 WHERE key ~ '^(user|withdrawal|product|referral|bonus):'")
                + platform.single("SELECT string_agg(m::text, E'\\n' ORDER BY id) FROM member m")
                        .toString()
                + platform.single("SELECT count(*) || ' ' || sum(balance) FROM ledger_entry, ledger_account")
                        .toString();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            value = {
                "UPDATE $T PUT status = \"credited\" WHERE key = 'product:$M:$WAITING' => POST /admin/submissions/{id}/approve",
                "UPDATE $T PUT status = \"approved\" WHERE key = 'product:$M:$WAITING' => POST /admin/submissions/{id}/approve",
                "UPDATE $T PUT status = \"pending_review\" WHERE key = 'product:$M:$CREDITED' => POST /admin/submissions/{id}/approve",
                "UPDATE $T PUT status = \"rejected\" WHERE key = 'product:$M:$CREDITED' => POST /admin/submissions/{id}/approve",
                "UPDATE $T PUT value = 1 WHERE key = 'product:$M:$CREDITED' => POST /admin/adjust-balance",
                "UPDATE $T PUT amount = 1 WHERE key = 'product:$M:$WAITING' => POST /admin/adjust-balance",
                "UPDATE $T PUT userEarned = 99 WHERE key = 'product:$M:$CREDITED' => POST /admin/adjust-balance",
                "UPDATE $T SET value = '{}' WHERE key = 'product:$M:$CREDITED' => POST /admin/submissions/{id}/approve",
                "INSERT INTO $T (key, value) VALUES ('product:$M:x', '{\"amount\":5,\"status\":\"credited\"}') => POST /submit-product",
                "INSERT INTO $T (key, value) VALUES ('product:$M:x', '{}') => POST /submit-product",
                "UPDATE $T PUT totalSharedProfit = 1000 WHERE key = 'referral:$P:$M' => cannot be changed",
                "UPDATE $T PUT childId = \"$P\" WHERE key = 'referral:$P:$M' => cannot be changed",
                "INSERT INTO $T (key, value) VALUES ('referral:$M:$P', '{\"totalSharedProfit\":0}') => POST /signup",
                "INSERT INTO $T (key, value) VALUES ('referral:$M:nobody', '{}') => POST /signup",
                "INSERT INTO $T (key, value) VALUES ('bonus:$M:tier_gold', '{\"amount\":300}') => POST /bonus-payouts/claim",
                "INSERT INTO $T (key, value) SELECT key || 'x', value FROM $T WHERE key LIKE 'bonus:%' => POST /bonus-payouts/claim",
                "UPDATE $T PUT amount = 1 WHERE key LIKE 'bonus:$M:%' => the ledger paid it",
                "UPDATE $T PUT parentUserId = null WHERE key = 'user:$M' => a referral line never changes",
                "UPDATE $T PUT id = \"$P\" WHERE key = 'user:$M' => cannot be changed",
                "INSERT INTO $T (key, value) VALUES ('user:x', '{\"totalEarned\":5}') => POST /signup",
                "INSERT INTO $T (key, value) VALUES ('withdrawal:$M:x', '{\"amount\":5,\"status\":\"approved\"}') => POST /withdrawals",
                "INSERT INTO $T (key, value) VALUES ('withdrawal:$M:x', '{\"amount\":5}') => POST /withdrawals",
                "INSERT INTO $T (key, value) VALUES ('withdrawal:$M:x', '{\"id\":\"x\",\"userId\":\"$M\",\"amount\":5,\"status\":\"pending\"}') => POST /withdrawals",
                "INSERT INTO $T (key, value) SELECT key || 'x', value FROM $T WHERE key = 'withdrawal:$M:$HELD' => POST /withdrawals",
                "DELETE FROM $T WHERE key = 'withdrawal:$M:$HELD' => cannot be deleted",
                "UPDATE $T SET key = 'kept:1' WHERE key = 'product:$M:$CREDITED' => keeps its key",
                "UPDATE $T SET key = 'kept:1' WHERE key LIKE 'bonus:$M:%' => keeps its key",
                "UPDATE $T SET key = 'referral:x:y' WHERE key = 'referral:$P:$M' => keeps its key",
                "INSERT INTO $T (key, value) VALUES ('kept:1', '{}'); UPDATE $T SET key = 'withdrawal:$M:x' WHERE key = 'kept:1' => keeps its key",
                "DELETE FROM member WHERE id = '$M' => DELETE /admin/users/{id}",
                "TRUNCATE member CASCADE => DELETE /admin/users/{id}",
                "INSERT INTO ledger_transfer (id, kind, reference) VALUES (gen_random_uuid(), 'bonus', 'forged') => POST /admin/adjust-balance",
                "INSERT INTO ledger_entry (transfer_id, account_id, role, amount, held, earned, balance_after, held_after) VALUES (gen_random_uuid(), '$M', 'own', 1, 0, 1, 1, 0) => POST /admin/adjust-balance",
                "INSERT INTO ledger_seal (position, transfer_id, parts, hash) VALUES (9, gen_random_uuid(), '', '') => ledger_seal_next",
                "UPDATE ledger_seal_progress SET seq = 0 => ledger_seal_next",
                "DELETE FROM ledger_seal_progress => ledger_seal_next"
            })
    void isRefusedWithWhatToRunInstead(String statement, String instead) {
        String before = books();
        assertThatThrownBy(() -> execute(statement)).hasMessageContaining(instead);
        assertThat(books()).isEqualTo(before);
    }

    @Test
    void aRejectionOfAWaitingSubmissionMovesNothingAndIsFine() {
        UUID id = Ids.next();
        execute("INSERT INTO $T (key, value) VALUES ('product:$M:" + id + "', '{\"status\":\"pending_review\"}')");
        execute("UPDATE $T PUT status = \"rejected\" WHERE key = 'product:$M:" + id + "'");
        assertThat(platform.document(Keys.product(member.id(), id))
                        .get("status")
                        .asText())
                .isEqualTo("rejected");
    }

    @Test
    void aHoldThatEndedIsNoPendingWithdrawalAgain() {
        assertThatThrownBy(
                        () -> execute(
                                """
                                SET session_replication_role = replica; DELETE FROM $T WHERE key = 'withdrawal:$M:$PAID'; RESET session_replication_role;
                                INSERT INTO $T (key, value) VALUES ('withdrawal:$M:$PAID', '{"id":"$PAID","userId":"$M","amount":4,"status":"pending"}')
                                """))
                .hasMessageContaining("POST /withdrawals");
    }

    @Test
    void oneStatementCannotMakeALoop() {
        assertThatThrownBy(
                        () -> execute(
                                """
                                INSERT INTO member (id, email, username, name, parent_id) VALUES
                                  ('00000000-0000-7000-8000-000000000001', 'a', 'a', 'a', '00000000-0000-7000-8000-000000000002'),
                                  ('00000000-0000-7000-8000-000000000002', 'b', 'b', 'b', '00000000-0000-7000-8000-000000000001')
                                """))
                .hasMessageContaining("was there before");
        assertThat(platform.number("SELECT count(*) FROM member WHERE username IN ('a', 'b')"))
                .isZero();
    }

    @Test
    void whoHasLeftDoesNotComeBack() {
        Member gone = platform.member("gone", parent);
        platform.execute("UPDATE member SET deleted_at = now() WHERE id = ?", gone.id());
        assertThatThrownBy(() -> platform.execute("UPDATE member SET deleted_at = NULL WHERE id = ?", gone.id()))
                .hasMessageContaining("does not come back");
    }
}
