package io.cloneplatform.auth.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.auth.audit.AuditFilter.Field;
import io.cloneplatform.common.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records are only added to, say what their transaction changed, and are read no further than a page. */
class AuditTrailIT {
    private static final int RECORDS = 20_000;
    private static Connection sql;

    // One of ten thousand records has what is asked for, and all of those are the oldest.
    @BeforeAll
    static void fill() throws SQLException {
        sql = TestDatabase.connect(TestDatabase.create());
        execute(
                """
                INSERT INTO kv_store_44a642d3 (key, value)
                SELECT 'audit:' || lpad(to_hex(n), 8, '0') || '-0000-7000-8000-000000000000',
                  jsonb_build_object('actorId', w, 'userId', w, 'operation', w, 'ip', w, 'requestId', w)
                FROM generate_series(1, %d) n, LATERAL (SELECT CASE WHEN n <= 2 THEN 'rare' ELSE 'common' || n %% 50 END) w (w)
                """
                        .formatted(RECORDS));
        execute("VACUUM ANALYZE audit_trail, kv_store_44a642d3");
    }

    @AfterAll
    static void close() throws SQLException {
        sql.close();
    }

    private static void execute(String statement) throws SQLException {
        try (Statement statements = sql.createStatement()) {
            statements.execute(statement);
        }
    }

    private static String text(String query) throws SQLException {
        StringBuilder lines = new StringBuilder();
        try (Statement statement = sql.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                lines.append(rows.getString(1)).append('\n');
            }
        }
        return lines.toString();
    }

    @ParameterizedTest
    @EnumSource(Field.class)
    void whatIsRareIsFoundByItsIndexHoweverLongAgoItWas(Field field) throws SQLException {
        for (String mode : new String[] {"force_generic_plan", "force_custom_plan"}) {
            execute("SET plan_cache_mode = " + mode);
            execute("PREPARE page (text, text, text, text, text, text, text, text, integer) AS "
                    + AuditStore.page(field));
            String plan = text("EXPLAIN (ANALYZE, COSTS off, TIMING off) EXECUTE page"
                    + " ('rare', 'audit:', 'audit;', NULL, NULL, NULL, NULL, NULL, 51)");
            assertThat(plan).as(plan).doesNotContain("Seq Scan").doesNotContain("Rows Removed");
            assertThat(plan).as(plan).contains("on audit_trail").containsPattern("kv_store_44a642d3_pkey.*loops=2\\)");
            execute("DEALLOCATE page");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_generic_plan", "force_custom_plan"})
    void allOfThemAreReadNoFurtherThanAPage(String mode) throws SQLException {
        execute("SET plan_cache_mode = " + mode);
        execute("PREPARE page (text, text, text, text, text, text, text, text, integer) AS " + AuditStore.page(null));
        String plan = text("EXPLAIN (ANALYZE, COSTS off, TIMING off) EXECUTE page"
                + " (NULL, 'audit:', 'audit;', NULL, NULL, NULL, NULL, NULL, 51)");
        execute("DEALLOCATE page");
        assertThat(plan).as(plan).doesNotContain("Seq Scan").containsPattern("audit_trail_pkey.*rows=51");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE kv_store_44a642d3 SET value = '{}' WHERE key LIKE 'audit:%'",
                "DELETE FROM kv_store_44a642d3 WHERE key LIKE 'audit:%'",
                "UPDATE kv_store_44a642d3 SET key = 'note:1' WHERE key LIKE 'audit:00000001%'",
                "TRUNCATE kv_store_44a642d3",
                "UPDATE audit_trail SET actor_id = 'somebody'",
                "DELETE FROM audit_trail",
                "TRUNCATE audit_trail"
            })
    void whatWasRecordedStays(String statement) {
        assertThatThrownBy(() -> execute(statement)).isInstanceOf(SQLException.class);
    }

    @Test
    void whatATransactionChangedIsInItsRecordWithinBounds() throws SQLException {
        execute(
                "INSERT INTO kv_store_44a642d3 (key, value) VALUES ('faq:test', '{\"answer\": \"old\", \"views\": 1}')");
        execute("BEGIN");
        execute("SELECT set_config('audit.changes', '[]', true)");
        execute("UPDATE kv_store_44a642d3 SET value = value || jsonb_build_object('answer', repeat('x', 5000),"
                + " 'email', 'joan@example.com') WHERE key = 'faq:test'");
        execute(
                "INSERT INTO kv_store_44a642d3 (key, value) SELECT 'note:' || n, '{\"a\": 1}' FROM generate_series(1, 30) n");
        execute("INSERT INTO kv_store_44a642d3 (key, value) VALUES ('audit:test', '{\"operation\": \"test\"}')");
        execute("COMMIT");
        String record = text("SELECT value -> 'changes' FROM kv_store_44a642d3 WHERE key = 'audit:test'");
        assertThat(
                        text(
                                "SELECT jsonb_array_length(value -> 'changes') FROM kv_store_44a642d3 WHERE key = 'audit:test'"))
                .isEqualTo("20\n");
        assertThat(record)
                .contains("\"answer\": \"old\"", "\"answer\": \"xxx", "\"email\": \"*** (new)\"")
                .doesNotContain("joan@example.com", "x".repeat(301), "\"views\"");
        execute("INSERT INTO kv_store_44a642d3 (key, value) VALUES ('audit:next', '{\"operation\": \"test\"}')");
        assertThat(text("SELECT value ? 'changes' FROM kv_store_44a642d3 WHERE key = 'audit:next'"))
                .as("what the next transaction changed")
                .isEqualTo("f\n");
    }
}
