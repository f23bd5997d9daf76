package io.cloneplatform.acceptance.process;

import io.cloneplatform.common.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What whoever runs a server tells it, each in a session of its own. */
final class Sql {
    private Sql() {}

    static void run(String url, String statement) {
        try (Connection connection = TestDatabase.connect(url);
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    static int count(String url, String query) {
        try (Connection connection = TestDatabase.connect(url);
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }
}
