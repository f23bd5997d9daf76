package io.cloneplatform.support.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TicketPlansIT {
    private static Connection sql;

    @BeforeAll
    static void fill() throws SQLException {
        sql = TestDatabase.connect(TestDatabase.create());
        try (Statement statement = sql.createStatement()) {
            statement.execute(
                    """
                    INSERT INTO kv_store_44a642d3 (key, value, created_at)
                    SELECT 'ticket:' || n, jsonb_build_object('id', n::text, 'userId', 'u' || n % 2000, 'priority', 'low',
                             'status', (ARRAY['open', 'in-progress', 'resolved', 'closed'])[1 + n % 4]),
                           now() - n * interval '1 minute'
                    FROM generate_series(1, 20000) n
                    """);
            statement.execute("VACUUM ANALYZE kv_store_44a642d3");
        }
    }

    @AfterAll
    static void close() throws SQLException {
        sql.close();
    }

    private static String plan(String name, String query, String arguments) throws SQLException {
        try (Statement statement = sql.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute("PREPARE " + name + " AS " + query);
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows = statement.executeQuery(
                    "EXPLAIN (ANALYZE, COSTS off, TIMING off) EXECUTE " + name + " (" + arguments + ")")) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    @Test
    void ownTicketsAreFoundByTheIndexOfTheirMember() throws SQLException {
        String plan = plan("own", TicketLists.OWN, "'u7', NULL, '9999-12-31', '', 51, 0");
        assertThat(plan).contains("kv_by_user").doesNotContain("Seq Scan");
    }

    @Test
    void ticketsOfAStateAreReadInTheOrderOfTheIndexAndNoFurtherThanThePage() throws SQLException {
        String newest = plan(
                "newest",
                TicketLists.NEWEST_FIRST,
                "'{open,in-progress,resolved,closed}', NULL, '9999-12-31', '', 51, 0");
        String oldest = plan("oldest", TicketLists.OLDEST_FIRST, "'{open}', NULL, '0001-01-01', '', 51, 0");
        for (String plan : new String[] {newest, oldest}) {
            assertThat(plan).contains("kv_ticket_status").doesNotContain("Seq Scan");
            assertThat(plan).as(plan).containsPattern("kv_ticket_status.*rows=51");
        }
    }
}
