package io.cloneplatform.common.db;

import io.cloneplatform.common.config.DatabaseConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Connections that block, for commands and work that takes minutes: no statement has a limit of time. */
public final class Jdbc {
    private static final String PATIENT =
            """
            SET statement_timeout = 0;
            SET idle_in_transaction_session_timeout = 0;
            SET timezone = 'UTC';
            SET datestyle = 'ISO';
            SET jit = off
            """;

    private Jdbc() {}

    /**
     * Opens one as the user of the URL.
     *
     * @param application the name that the server shows for it
     * @throws SQLException when the server does not answer or does not let the user in
     */
    public static Connection open(DatabaseConfig config, String application) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", config.user());
        properties.setProperty("password", config.password().value());
        properties.setProperty("ApplicationName", application);
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        Connection connection = DriverManager.getConnection(config.jdbcUrl(), properties);
        try {
            execute(connection, PATIENT);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Runs one or several statements that answer nothing. */
    public static void execute(Connection connection, String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    /** The one value of a query's first row; null where it is null or where there is no row. */
    public static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** The one whole number of a query's first row; 0 where it is null or where there is no row. */
    public static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
