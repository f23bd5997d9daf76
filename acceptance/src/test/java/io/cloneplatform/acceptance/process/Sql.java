package io.cloneplatform.acceptance.process;

import io.cloneplatform.common.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;

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

    /** What a statement answers: rows, how many it changed, or the first line of its refusal. */
    static String said(String url, String statement) {
        try (Connection connection = TestDatabase.connect(url);
                Statement sql = connection.createStatement()) {
            boolean rows = sql.execute(statement);
            return rows
                    ? rows(sql.getResultSet())
                    : statement.substring(0, statement.indexOf(' ')) + " " + sql.getUpdateCount() + "\n";
        } catch (SQLException e) {
            return e.getMessage().lines().findFirst().orElse("") + "\n";
        }
    }

    private static String rows(ResultSet rows) throws SQLException {
        StringBuilder text = new StringBuilder();
        while (rows.next()) {
            StringJoiner row = new StringJoiner(" | ", "", "\n");
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                row.add(String.valueOf(rows.getString(i)));
            }
            text.append(row);
        }
        return text.toString();
    }
}
