package io.cloneplatform.standalone.postgres;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks a database by its URL, a connection each time. */
final class Queries {
    private Queries() {}

    static String single(String url, String query) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void execute(String url, String statement) {
        try (Connection connection = connect(url);
                Statement prepared = connection.createStatement()) {
            prepared.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(String url) throws SQLException {
        DatabaseConfig config = new DatabaseConfig(new Secret(url), 1);
        return DriverManager.getConnection(
                config.jdbcUrl(), config.user(), config.password().value());
    }
}
