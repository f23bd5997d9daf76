package io.cloneplatform.auth.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No list of members reads more documents than it shows, however the planner guesses. */
class UserListsPlanIT {
    private static final int MEMBERS = 20_000;
    private static Connection sql;

    // One of four members has the tier Gold, and one of ten is frozen.
    @BeforeAll
    static void fill() throws SQLException {
        sql = TestDatabase.connect(TestDatabase.create());
        try (Statement statement = sql.createStatement()) {
            statement.execute(
                    """
                    CREATE FUNCTION id(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
                      RETURN lpad(to_hex(n), 32, '0')::uuid;
                    INSERT INTO member (id, email, username, name, created_at)
                    SELECT id(n), n || '@example.com', 'u' || n, 'Name ' || n, now() - n * interval '1 minute'
                    FROM generate_series(1, %1$d) n;
                    INSERT INTO kv_store_44a642d3 (key, value, created_at)
                    SELECT 'user:' || id(n), jsonb_build_object('id', id(n), 'accountFrozen', n %% 10 = 0,
                             'vipTier', CASE n %% 4 WHEN 0 THEN 'Gold' ELSE 'Normal' END),
                           now() - n * interval '1 minute'
                    FROM generate_series(1, %1$d) n;
                    """
                            .formatted(MEMBERS));
            statement.execute("VACUUM ANALYZE member, kv_store_44a642d3, platform_list");
            String types = "boolean, text, integer, integer, timestamptz, uuid";
            statement.execute("PREPARE every_one (" + types + ") AS " + UserLists.ALL);
            statement.execute("PREPARE listed (" + types + ", text) AS " + UserLists.LISTED);
            statement.execute("PREPARE found (" + types + ", text) AS " + UserLists.FOUND);
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
    void everyoneIsReadByAgeNoFurtherThanThePage(String mode) throws SQLException {
        String half = "'" + MEMBERS / 2 + " minutes'::interval";
        for (String after : new String[] {"NULL, NULL", "now() - " + half + ", '" + new UUID(0, 1) + "'"}) {
            String plan = plan(mode, "every_one (NULL, NULL, 51, 0, " + after + ")");
            assertThat(plan).as(plan).doesNotContain("Seq Scan").doesNotContain("Sort");
            assertThat(plan).as(plan).containsPattern("kv_store_44a642d3_pkey.*loops=51\\)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_generic_plan", "force_custom_plan"})
    void aTierAndTheFrozenAreReadInTheOrderOfTheirListNoFurtherThanThePage(String mode) throws SQLException {
        for (String arguments : new String[] {
            "NULL, 'Gold', 51, 0, NULL, NULL, 'member Gold'",
            "true, NULL, 51, 0, NULL, NULL, 'frozen'",
            "true, 'Gold', 51, 0, NULL, NULL, 'frozen Gold'",
            "true, NULL, 51, 0, now() - '3 days'::interval, '" + new UUID(0, 1) + "', 'frozen'"
        }) {
            String plan = plan(mode, "listed (" + arguments + ")");
            assertThat(plan).as(plan).doesNotContain("Seq Scan").doesNotContain("Sort");
            assertThat(plan).as(plan).contains("platform_list_order");
            assertThat(plan).as(plan).containsPattern("kv_store_44a642d3_pkey.*loops=51\\)");
        }
    }

    @Test
    void documentsAreReadOfThoseAloneWhomASearchFinds() throws SQLException {
        String plan = plan("force_generic_plan", "found (NULL, NULL, 51, 0, NULL, NULL, 'Name 1234')");
        assertThat(plan).as(plan).doesNotContain("Seq Scan");
        assertThat(plan).as(plan).containsPattern("kv_store_44a642d3_pkey.*loops=11\\)");
    }
}
