package io.cloneplatform.earnings.transactions;

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

/** A page costs what is on it, however much was ever booked, also of the member who is in every transfer. */
class TransactionPlansIT {
    private static final String BUSY = "'00000000-0000-0000-0000-000000000000'";
    private static Connection sql;

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
                    """);
            statement.execute("VACUUM ANALYZE ledger_entry, ledger_transfer, ledger_account, member");
            statement.execute("PREPARE everything AS " + TransactionStore.ALL);
            statement.execute("PREPARE of_member AS " + TransactionStore.OF_MEMBER);
        }
    }

    @AfterAll
    static void close() throws SQLException {
        sql.close();
    }

    private static String plan(String mode, String call) throws SQLException {
        try (Statement statement = sql.createStatement()) {
            statement.execute("SET plan_cache_mode = " + mode);
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows = statement.executeQuery("EXPLAIN (ANALYZE, COSTS off, TIMING off) EXECUTE " + call)) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_generic_plan", "force_custom_plan"})
    void everythingIsReadFromItsEnd(String mode) throws SQLException {
        for (String before : new String[] {"NULL", "15000"}) {
            String plan = plan(mode, "everything (" + before + ", 51)");
            assertThat(plan).as(plan).doesNotContain("Seq Scan").doesNotContain("Bitmap");
            assertThat(plan).as(plan).containsPattern("Index Scan Backward using ledger_transfer_order.*rows=51");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_generic_plan", "force_custom_plan"})
    void whatTouchesAMemberIsReadFromItsEnd(String mode) throws SQLException {
        for (String before : new String[] {"NULL", "20000"}) {
            String plan = plan(mode, "of_member (" + before + ", 51, " + BUSY + ")");
            assertThat(plan).as(plan).doesNotContain("Seq Scan").doesNotContain("Bitmap");
            assertThat(plan).as(plan).containsPattern("Index Scan Backward using ledger_entry_statement.*rows=51");
        }
    }
}
