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

class LedgerGuardsIT {
    private static TestPlatform platform;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start(List.of());
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private Member member() {
        return platform.member("m" + Ids.next(), null);
    }

    private UUID hold(Member member, long amount) {
        UUID id = Ids.next();
        boolean covered = (boolean)
                platform.single("SELECT ledger_hold(?, ?, ?, 'withdrawal', ?)", id, member.id(), amount, id.toString());
        assertThat(covered).isTrue();
        platform.execute(
                "INSERT INTO kv_store_44a642d3 (key, value) VALUES (?, jsonb_build_object('id', ?::text, 'userId', ?::text, 'amount', to_major(?), 'status', 'pending'))",
                Keys.withdrawal(member.id(), id),
                id.toString(),
                member.id().toString(),
                amount);
        return id;
    }

    @Test
    void projectionFollowsThePostingInTheSameStatement() {
        Member member = member();
        platform.credit(member, 1250);
        assertThat(platform.document(Keys.user(member.id())).get("balance").decimalValue())
                .isEqualByComparingTo("12.5");
        assertThat(platform.balance(member)).isEqualTo(1250);
    }

    @Test
    void refusesABalanceBelowZero() {
        Member member = member();
        platform.credit(member, 100);
        assertThatThrownBy(() -> platform.credit(member, -101)).hasMessageContaining("ledger_account_never_negative");
        assertThat(platform.balance(member)).isEqualTo(100);
    }

    @Test
    void refusesATransferToItself() {
        Member member = member();
        platform.credit(member, 100);
        assertThatThrownBy(() -> platform.execute(
                        "SELECT ledger_transfer_post(gen_random_uuid(), 'adjustment', 'self', NULL, ARRAY[?, ?]::uuid[], ARRAY['a', 'b'], ARRAY[5, -5]::bigint[], ARRAY[0, 0]::bigint[])",
                        member.id(),
                        member.id()))
                .hasMessageContaining("names one account twice");
        assertThat(platform.balance(member)).isEqualTo(100);
    }

    @Test
    void refusesATransferThatDoesNotAddUpToZero() {
        Member member = member();
        assertThatThrownBy(() -> platform.execute(
                        "SELECT ledger_transfer_post(gen_random_uuid(), 'adjustment', 'odd', NULL, ARRAY[?, 'ffffffff-ffff-ffff-ffff-fffffffffff2']::uuid[], ARRAY['a', 'b'], ARRAY[5, -4]::bigint[], ARRAY[0, 0]::bigint[])",
                        member.id()))
                .hasMessageContaining("do not add up to zero");
    }

    @Test
    void refusesToPostOneReferenceTwice() {
        Member member = member();
        String post =
                "SELECT ledger_transfer_post(gen_random_uuid(), 'bonus', 'once', NULL, ARRAY[?, 'ffffffff-ffff-ffff-ffff-fffffffffff2']::uuid[], ARRAY['bonus', 'backing'], ARRAY[5, -5]::bigint[], ARRAY[5, 0]::bigint[])";
        platform.execute(post, member.id());
        assertThatThrownBy(() -> platform.execute(post, member.id())).hasMessageContaining("ledger_transfer_once");
        assertThat(platform.balance(member)).isEqualTo(5);
    }

    @Test
    void journalRefusesUpdateDeleteAndTruncateEvenToTheSuperuser() {
        Member member = member();
        platform.credit(member, 100);
        for (String statement : List.of(
                "UPDATE ledger_entry SET amount = amount + 1",
                "DELETE FROM ledger_entry",
                "TRUNCATE ledger_entry",
                "UPDATE ledger_transfer SET kind = 'bonus'",
                "DELETE FROM ledger_transfer",
                "UPDATE ledger_account SET balance = balance + 1 WHERE kind = 'member'")) {
            assertThatThrownBy(() -> platform.execute(statement)).hasMessageContaining("/admin/adjust-balance");
        }
    }

    @Test
    void refusesToTypeABalanceIntoTheMembersDocument() {
        Member member = member();
        assertThatThrownBy(() -> platform.execute(
                        "UPDATE kv_store_44a642d3 SET value = jsonb_set(value, '{balance}', '999') WHERE key = ?",
                        Keys.user(member.id())))
                .hasMessageContaining("POST /admin/adjust-balance");
    }

    @Test
    void refusesToDeleteMembersByPattern() {
        Member member = member();
        assertThatThrownBy(() -> platform.execute(
                        "DELETE FROM kv_store_44a642d3 WHERE key LIKE ?", "user:%" + member.id() + "%"))
                .hasMessageContaining("DELETE /admin/users/{id}");
    }

    @Test
    void operatorsApprovalTypedAsSqlPaysTheHoldOut() {
        Member member = member();
        platform.credit(member, 1000);
        UUID id = hold(member, 400);
        assertThat(platform.balance(member)).isEqualTo(600);
        assertThat(platform.held(member)).isEqualTo(400);
        platform.execute(
                "UPDATE kv_store_44a642d3 SET value = jsonb_set(value, '{status}', '\"approved\"') WHERE key = ?",
                Keys.withdrawal(member.id(), id));
        assertThat(platform.balance(member)).isEqualTo(600);
        assertThat(platform.held(member)).isZero();
        assertThat(platform.document(Keys.withdrawal(member.id(), id))
                        .get("approvedAt")
                        .asText())
                .endsWith("Z");
    }

    @Test
    void operatorsDenialTypedAsSqlReturnsTheHold() {
        Member member = member();
        platform.credit(member, 1000);
        UUID id = hold(member, 400);
        platform.execute(
                "UPDATE kv_store_44a642d3 SET value = jsonb_set(value, '{status}', '\"denied\"') WHERE key = ?",
                Keys.withdrawal(member.id(), id));
        assertThat(platform.balance(member)).isEqualTo(1000);
        assertThat(platform.held(member)).isZero();
    }

    @Test
    void aWithdrawalEndsOnce() {
        Member member = member();
        platform.credit(member, 1000);
        String key = Keys.withdrawal(member.id(), hold(member, 400));
        String change = "UPDATE kv_store_44a642d3 SET value = jsonb_set(value, '{status}', ?::jsonb) WHERE key = ?";
        platform.execute(change, "\"denied\"", key);
        assertThatThrownBy(() -> platform.execute(change, "\"approved\"", key)).hasMessageContaining("is denied");
        assertThatThrownBy(() -> platform.execute(change, "\"pending\"", key)).hasMessageContaining("is denied");
        assertThat(platform.balance(member)).isEqualTo(1000);
    }

    @Test
    void aWithdrawalsAmountCannotBeTyped() {
        Member member = member();
        platform.credit(member, 1000);
        String key = Keys.withdrawal(member.id(), hold(member, 400));
        assertThatThrownBy(() -> platform.execute(
                        "UPDATE kv_store_44a642d3 SET value = jsonb_set(value, '{amount}', '1') WHERE key = ?", key))
                .hasMessageContaining("POST /admin/deny-withdrawal");
    }

    @Test
    void aPendingWithdrawalNeedsItsHold() {
        Member member = member();
        assertThatThrownBy(() -> platform.execute(
                        "INSERT INTO kv_store_44a642d3 (key, value) VALUES (?, jsonb_build_object('id', gen_random_uuid()::text, 'userId', ?::text, 'amount', 5, 'status', 'pending'))",
                        Keys.withdrawal(member.id(), Ids.next()),
                        member.id().toString()))
                .hasMessageContaining("POST /withdrawals");
    }

    @Test
    void holdsAboveTheBalanceAreNotTaken() {
        Member member = member();
        platform.credit(member, 100);
        assertThat((boolean) platform.single(
                        "SELECT ledger_hold(gen_random_uuid(), ?, 101, 'withdrawal', 'too much')", member.id()))
                .isFalse();
        assertThat(platform.held(member)).isZero();
    }

    @Test
    void aReferralLineIsCopiedFromTheParentAndNeverChanges() {
        Member root = member();
        Member child = platform.member("c" + Ids.next(), root);
        Member grandchild = platform.member("g" + Ids.next(), child);
        Member last = platform.member("l" + Ids.next(), grandchild);
        assertThat(platform.single("SELECT great_grandparent_id FROM member WHERE id = ?", last.id()))
                .isEqualTo(root.id());
        assertThatThrownBy(() -> platform.execute("UPDATE member SET parent_id = ? WHERE id = ?", last.id(), root.id()))
                .hasMessageContaining("referral line never changes");
    }

    @Test
    void prefixReadsUseThePrimaryKeyInAnyCollation() {
        platform.execute("SET enable_seqscan = off");
        String plan = plan("SELECT value FROM kv_store_44a642d3 WHERE key LIKE 'withdrawal:abc:%'");
        assertThat(plan)
                .contains("kv_store_44a642d3_pkey")
                .contains("Index Cond")
                .doesNotContain("Seq Scan");
        platform.execute("RESET enable_seqscan");
    }

    private static String plan(String query) {
        return platform.single("SELECT string_agg(line, E'\\n') FROM query_plan(?) AS line", query)
                .toString();
    }

    @BeforeAll
    static void definePlanFunction() {
        platform.execute(
                """
                CREATE FUNCTION query_plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
                BEGIN
                  RETURN QUERY EXECUTE 'EXPLAIN ' || query;
                END $$
                """);
    }
}
