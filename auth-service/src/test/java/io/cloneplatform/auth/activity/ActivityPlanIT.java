package io.cloneplatform.auth.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityPlanIT {
    @ParameterizedTest
    @ValueSource(strings = {"force_generic_plan", "force_custom_plan"})
    void aPageOfABusyMemberIsReadNoFurtherThanItsEnd(String mode) throws SQLException {
        try (Connection connection = TestDatabase.connect(TestDatabase.create());
                Statement sql = connection.createStatement()) {
            sql.execute(
                    """
                    INSERT INTO kv_store_44a642d3 (key, value)
                    SELECT 'audit:' || lpad(n::text, 8, '0'),
                      jsonb_build_object('userId', CASE n % 4 WHEN 0 THEN 'busy' ELSE 'member' || n END, 'event', 'signed-in')
                    FROM generate_series(1, 20000) n
                    """);
            sql.execute("VACUUM ANALYZE audit_trail, kv_store_44a642d3");
            sql.execute("SET plan_cache_mode = " + mode);
            sql.execute("PREPARE page (text, text, text[], integer) AS " + ReadActivity.PAGE);
            for (String after : new String[] {"NULL", "'audit:00010000'"}) {
                String plan = plan(sql, "('busy', " + after + ", ARRAY['signed-in'], 51)");
                assertThat(plan).as(plan).doesNotContain("Seq Scan").doesNotContain("Sort");
                assertThat(plan).as(plan).containsPattern("audit_trail_by_subject on audit_trail.*rows=51");
                assertThat(plan).as(plan).containsPattern("kv_store_44a642d3_pkey.*loops=51\\)");
            }
        }
    }

    private static String plan(Statement sql, String arguments) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (ResultSet rows = sql.executeQuery("EXPLAIN (ANALYZE, COSTS off, TIMING off) EXECUTE page " + arguments)) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}
