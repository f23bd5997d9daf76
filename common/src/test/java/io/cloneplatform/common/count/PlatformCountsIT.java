package io.cloneplatform.common.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestDatabase;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The numbers that the database keeps say what is there, folded or not, whoever changed it by whatever statement. */
class PlatformCountsIT {
    private static TestPlatform platform;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start(List.of());
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static long count(String name) {
        return platform.number("SELECT coalesce(sum(number), 0)::bigint FROM platform_count WHERE name = ?", name);
    }

    private static void fold() {
        while (platform.number("SELECT platform_fold(3)") > 0) {}
    }

    private static void tickets(String priority, String status, int number) {
        platform.execute(
                "INSERT INTO kv_store_44a642d3 (key, value) SELECT 'ticket:' || ? || n, jsonb_build_object('status', ?, 'priority', ?) FROM generate_series(1, ?) n",
                priority,
                status,
                priority,
                number);
    }

    @Test
    void everyStatementIsCounted() {
        tickets("odd", "open", 5);
        assertThat(count("ticket open odd")).isEqualTo(5);
        platform.execute(
                "UPDATE kv_store_44a642d3 SET value = jsonb_set(value, '{status}', '\"closed\"') WHERE key IN ('ticket:odd1', 'ticket:odd2')");
        platform.execute("DELETE FROM kv_store_44a642d3 WHERE key IN ('ticket:odd2', 'ticket:odd3')");
        platform.execute(
                "UPDATE kv_store_44a642d3 SET value = jsonb_set(value, '{priority}', '\"even\"') WHERE key = 'ticket:odd4'");
        assertThat(count("ticket open odd")).isEqualTo(1);
        assertThat(count("ticket open even")).isEqualTo(1);
        assertThat(count("ticket closed odd")).isEqualTo(1);
        fold();
        assertThat(count("ticket open odd")).isEqualTo(1);
        assertThat(platform.number("SELECT number FROM platform_tally WHERE name = 'ticket closed odd'"))
                .isEqualTo(1);
    }

    @Test
    void foldingInBitesChangesNoNumberAndEndsWithAllInTheSums() {
        for (int i = 0; i < 10; i++) {
            tickets("bite" + i, "open", 1);
        }
        String all = "SELECT sum(number) FROM platform_count WHERE name LIKE 'ticket open bite%'";
        long folded;
        do {
            assertThat(platform.number(all)).isEqualTo(10);
            folded = platform.number("SELECT platform_fold(2)");
        } while (folded > 0);
        assertThat(platform.number("SELECT sum(number) FROM platform_tally WHERE name LIKE 'ticket open bite%'"))
                .isEqualTo(10);
    }

    @Test
    void whoCountsTheSameWaitsForNobodyAndIsFoldedAfterBothHaveEnded() throws SQLException {
        try (Connection first = TestDatabase.connect(platform.url());
                Statement slow = first.createStatement()) {
            first.setAutoCommit(false);
            slow.execute("INSERT INTO kv_store_44a642d3 (key, value) VALUES ('ticket:slow', '{\"status\": \"s\"}')");
            platform.execute("SET lock_timeout = 200");
            platform.execute(
                    "INSERT INTO kv_store_44a642d3 (key, value) VALUES ('ticket:fast', '{\"status\": \"s\"}')");
            platform.execute("RESET lock_timeout");
            fold();
            assertThat(count("ticket s")).isEqualTo(1);
            assertThat(platform.number("SELECT count(*) FROM platform_tally WHERE name = 'ticket s'"))
                    .as("older transactions are under way")
                    .isZero();
            first.commit();
            assertThat(count("ticket s")).isEqualTo(2);
            fold();
            assertThat(count("ticket s")).isEqualTo(2);
            assertThat(platform.number("SELECT number FROM platform_tally WHERE name = 'ticket s'"))
                    .isEqualTo(2);
        }
    }

    @Test
    void aListFollowsItsDocuments() {
        String first = "SELECT key FROM platform_list WHERE list = 'conversation' ORDER BY at DESC, key DESC LIMIT 1";
        platform.execute(
                "INSERT INTO kv_store_44a642d3 (key, value) VALUES ('conversation:a', '{\"lastAt\": \"2026-01-01\"}'), ('conversation:b', '{\"createdAt\": \"2026-01-02\"}')");
        assertThat(platform.single(first)).isEqualTo("conversation:b");
        platform.execute(
                "UPDATE kv_store_44a642d3 SET value = value || '{\"lastAt\": \"2026-01-03\"}' WHERE key = 'conversation:a'");
        assertThat(platform.single(first)).isEqualTo("conversation:a");
        platform.execute("DELETE FROM kv_store_44a642d3 WHERE key = 'conversation:a'");
        assertThat(platform.single(first)).isEqualTo("conversation:b");
    }

    @Test
    void aMemberIsListedByTierAndAmongTheFrozenUntilTheyLeave() {
        Member member = platform.member("listed", null);
        String key = Keys.user(member.id());
        String lists = "SELECT string_agg(list, ', ' ORDER BY list) FROM platform_list WHERE key = ?";
        long gold = count("member Gold frozen");
        assertThat(platform.single(lists, key)).isEqualTo("member Normal");
        platform.execute(
                "UPDATE kv_store_44a642d3 SET value = value || '{\"vipTier\": \"Gold\", \"accountFrozen\": true}' WHERE key = ?",
                key);
        assertThat(platform.single(lists, key)).isEqualTo("frozen, frozen Gold, member Gold");
        assertThat(count("member Gold frozen")).isEqualTo(gold + 1);
        platform.execute("UPDATE kv_store_44a642d3 SET value = value || '{\"deletedAt\": \"now\"}' WHERE key = ?", key);
        assertThat(platform.single(lists, key)).isNull();
        assertThat(count("member Gold frozen")).isEqualTo(gold);
    }

    @Test
    void aBalanceChangesNoCount() {
        Member member = platform.member("steady", null);
        fold();
        platform.credit(member, 100);
        assertThat(platform.number("SELECT count(*) FROM platform_change WHERE name LIKE 'member%'"))
                .isZero();
    }

    private static void active(Member member, int daysAgo) {
        platform.execute("SET ledger.posting = 'on'");
        platform.execute("UPDATE ledger_account SET active_on = current_date - ? WHERE id = ?", daysAgo, member.id());
        platform.execute("RESET ledger.posting");
    }

    @Test
    void aNetworkIsCountedThreeLevelsUp() {
        Member head = platform.member("head" + Ids.next(), null);
        Member child = platform.member("child" + Ids.next(), head);
        Member grandchild = platform.member("grandchild" + Ids.next(), child);
        Member fourth = platform.member("fourth" + Ids.next(), platform.member("third" + Ids.next(), grandchild));
        String size = "SELECT concat_ws(' ', level_1, level_2, level_3) FROM network_count WHERE upline = ?";
        String days =
                "SELECT string_agg(current_date - day || ': ' || members, ', ' ORDER BY day) FROM network_activity WHERE upline = ? AND members <> 0";
        active(child, 2);
        active(grandchild, 2);
        active(fourth, 2);
        for (boolean folded : new boolean[] {false, true}) {
            assertThat(platform.single(size, head.id())).as("folded: " + folded).isEqualTo("1 1 1");
            assertThat(platform.single(days, head.id())).as("folded: " + folded).isEqualTo("2: 2");
            fold();
        }
        active(child, 1);
        active(grandchild, 1);
        active(child, 0);
        assertThat(platform.single(days, head.id())).isEqualTo("1: 1, 0: 1");
        fold();
        assertThat(platform.single(days, head.id())).isEqualTo("1: 1, 0: 1");
        assertThat(platform.number("SELECT count(*) FROM network_day WHERE members = 0"))
                .isZero();
    }

    @Test
    void whatChildrenBroughtBeforeAnImportIsAddedUp() {
        Member parent = platform.member("importer" + Ids.next(), null);
        Member child = new Member(Ids.next(), "imported", parent);
        platform.execute(
                "INSERT INTO member (id, email, username, name, parent_id) VALUES (?, ?, ?, 'Imported', ?)",
                child.id(),
                child.id().toString(),
                child.id().toString(),
                parent.id());
        platform.execute(
                "INSERT INTO kv_store_44a642d3 (key, value) VALUES (?, '{\"totalSharedProfit\": 12.34, \"openingSharedProfit\": 12.34}')",
                Keys.referral(parent.id(), child.id()));
        String shared = "SELECT opening_shared FROM network_count WHERE upline = ?";
        assertThat(platform.number(shared, parent.id())).isEqualTo(1_234);
        fold();
        assertThat(platform.number(shared, parent.id())).isEqualTo(1_234);
    }
}
