package io.cloneplatform.auth.users;

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

class UserEntriesPlanIT {
    private static final String BUSY = "00000000-0000-0000-0000-000000000000";
    private static Connection sql;

    // One busy parent with as many entries as there are submissions, and four thousand children who made them.
    @BeforeAll
    static void fill() throws SQLException {
        sql = TestDatabase.connect(TestDatabase.create());
        try (Statement statement = sql.createStatement()) {
            statement.execute(
                    """
                    CREATE FUNCTION id(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
                      RETURN lpad(to_hex(n), 32, '0')::uuid;
                    SET ledger.posting = 'on';
                    INSERT INTO ledger_transfer (id, kind, reference)
                    SELECT id(n), 'submission', id(n) FROM generate_series(10001, 30000) n;
                    INSERT INTO ledger_entry (transfer_id, account_id, role, amount, held, earned, balance_after, held_after)
                    SELECT id(n), e.account, e.role, 1, 0, 1, n, 0
                    FROM generate_series(10001, 30000) n
                    CROSS JOIN LATERAL (VALUES (id(1 + n % 4000), 'own'), (id(0), 'level_1')) AS e (account, role);
                    """);
            statement.execute("VACUUM ANALYZE ledger_entry, ledger_transfer");
            statement.execute("PREPARE page (uuid, bigint, integer) AS " + UserStore.LIST_ENTRIES);
        }
    }

    @AfterAll
    static void close() throws SQLException {
        sql.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_generic_plan", "force_custom_plan"})
    void aPageOfABusyMemberIsReadNoFurtherThanItsEnd(String mode) throws SQLException {
        for (String arguments : new String[] {"'" + BUSY + "', NULL, 501", "'" + BUSY + "', 40000, 501"}) {
            String plan = plan(mode, arguments);
            assertThat(plan).as(plan).doesNotContain("Seq Scan").doesNotContain("Bitmap");
            assertThat(plan).as(plan).containsPattern("Index Scan Backward using ledger_entry_statement.*rows=501");
        }
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
}
