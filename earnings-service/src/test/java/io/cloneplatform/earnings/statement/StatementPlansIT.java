package io.cloneplatform.earnings.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementPlansIT {
    private static final String BUSY = "00000000-0000-0000-0000-000000000000";
    private static Connection sql;

    // One busy parent with as many entries as there are submissions, and a thousand children who made them.
    @BeforeAll
    static void fill() throws SQLException {
        sql = TestDatabase.connect(TestDatabase.create());
        try (Statement statement = sql.createStatement()) {
            statement.execute(
                    """
                    CREATE FUNCTION id(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
                      RETURN lpad(to_hex(n), 32, '0')::uuid;
                    SET ledger.posting = 'on';
                    INSERT INTO ledger_account (id, kind, name) SELECT id(n), 'member', n FROM generate_series(0, 1000) n;
                    INSERT INTO member (id, email, username, name) SELECT id(n), n, n, 'n' || n FROM generate_series(0, 1000) n;
                    INSERT INTO ledger_transfer (id, kind, reference)
                    SELECT id(n), 'submission', id(n) FROM generate_series(10001, 30000) n;
                    INSERT INTO ledger_entry (transfer_id, account_id, role, amount, held, earned, balance_after, held_after)
                    SELECT id(n), e.account, e.role, 1, 0, 1, n, 0
                    FROM generate_series(10001, 30000) n
                    CROSS JOIN LATERAL (VALUES (id(1 + n % 1000), 'own'), (id(0), 'level_1')) AS e (account, role);
                    INSERT INTO kv_store_44a642d3 (key, value)
                    SELECT 'product:' || id(1 + n % 1000) || ':' || id(n), '{"name": "Lamp"}' FROM generate_series(10001, 30000) n;
                    """);
            statement.execute(
                    "VACUUM ANALYZE ledger_entry, ledger_transfer, ledger_account, member, kv_store_44a642d3");
            statement.execute("PREPARE page AS " + StatementStore.PAGE);
        }
    }

    @AfterAll
    static void close() throws SQLException {
        sql.close();
    }

    private static String plan(String mode, String arguments) throws SQLException {
        try (Statement statement = sql.createStatement()) {
            statement.execute("SET plan_cache_mode = " + mode);
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows = statement.executeQuery(
                    "EXPLAIN (ANALYZE, COSTS off, TIMING off) EXECUTE page (" + arguments + ")")) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_generic_plan", "force_custom_plan"})
    void aPageIsReadInTheOrderOfTheIndexAndNoFurtherThanItsEnd(String mode) throws SQLException {
        String first = plan(mode, "'" + BUSY + "', NULL, NULL, NULL, 51");
        String later = plan(mode, "'" + BUSY + "', 20000, NULL, NULL, 51");
        for (String plan : new String[] {first, later}) {
            assertThat(plan).doesNotContain("Seq Scan").doesNotContain("Bitmap");
            assertThat(plan).as(plan).containsPattern("Index Scan Backward using ledger_entry_statement.*rows=51");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_generic_plan", "force_custom_plan"})
    void theNamesOfAPageAreFoundByTheirKeys(String mode) throws SQLException {
        String plan = plan(mode, "'00000000-0000-0000-0000-000000000007', NULL, NULL, NULL, 501");
        assertThat(plan).as(plan).doesNotContain("Seq Scan");
        assertThat(plan).contains("kv_store_44a642d3_pkey", "ledger_transfer_pkey", "member_pkey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_generic_plan", "force_custom_plan"})
    void aShortPeriodIsLookedForInTheAccountsOwnEntriesAlone(String mode) throws SQLException {
        String plan = plan(mode, "'" + BUSY + "', NULL, '2020-01-01', '2020-01-02', 51");
        assertThat(plan).doesNotContain("Seq Scan").doesNotContain("Bitmap");
        assertThat(plan).as(plan).contains("Rows Removed by Filter: 20000");
    }
}
