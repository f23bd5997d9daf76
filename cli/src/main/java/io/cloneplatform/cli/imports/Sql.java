package io.cloneplatform.cli.imports;

import io.cloneplatform.common.config.DatabaseConfig;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/** One blocking connection; nothing is kept until {@link #commit}. Closing it undoes what was not committed. */
final class Sql implements AutoCloseable {
    private static final String CONNECT_SECONDS = "10";
    private static final int FETCH = 500;

    private final Connection connection;

    Sql(DatabaseConfig config) {
        Properties properties = new Properties();
        properties.setProperty("user", config.user());
        properties.setProperty("password", config.password().value());
        properties.setProperty("ApplicationName", "clonectl import");
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        try {
            connection = DriverManager.getConnection(config.jdbcUrl(), properties);
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new Failure(e);
        }
    }

    /** The database did not do what it was asked to. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String state;

        Failure(SQLException cause) {
            super(reason(cause).getMessage(), cause);
            this.state = cause.getSQLState() == null ? "" : cause.getSQLState();
        }

        // What a batch says itself has all its values in it.
        private static SQLException reason(SQLException cause) {
            return cause.getNextException() == null ? cause : cause.getNextException();
        }

        /** Whether the database could not take a value, rather than could not work. */
        boolean isAboutData() {
            return state.startsWith("22");
        }

        String state() {
            return state;
        }
    }

    /** Takes one row after another. */
    interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    /** Work that may fail as the database does. */
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    void query(String sql, RowConsumer each, Object... values) {
        run(open -> {
            try (PreparedStatement statement = prepare(open, sql, values)) {
                statement.setFetchSize(FETCH);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        each.accept(rows);
                    }
                }
                return null;
            }
        });
    }

    /** The number or truth in the first column of the only row. */
    Object single(String sql, Object... values) {
        return run(open -> {
            try (PreparedStatement statement = prepare(open, sql, values);
                    ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getObject(1);
            }
        });
    }

    int update(String sql, Object... values) {
        return run(open -> {
            try (PreparedStatement statement = prepare(open, sql, values)) {
                return statement.executeUpdate();
            }
        });
    }

    /** Runs one statement for each set of values; answers how many rows changed. */
    int batch(String sql, List<Object[]> sets) {
        return run(open -> {
            try (PreparedStatement statement = open.prepareStatement(sql)) {
                for (Object[] values : sets) {
                    bind(open, statement, values);
                    statement.addBatch();
                }
                return Arrays.stream(statement.executeBatch()).sum();
            }
        });
    }

    /** Runs something that may be refused for its data; false, and nothing of it left, when it was. */
    boolean accepted(Runnable work) {
        Savepoint savepoint = run(Connection::setSavepoint);
        try {
            work.run();
            run(open -> {
                open.releaseSavepoint(savepoint);
                return null;
            });
            return true;
        } catch (Failure e) {
            if (!e.isAboutData()) {
                throw e;
            }
            run(open -> {
                open.rollback(savepoint);
                return null;
            });
            return false;
        }
    }

    void commit() {
        run(open -> {
            open.commit();
            return null;
        });
    }

    /** Locks of the session end here and not with it: the server takes its time to drop a large temporary table. */
    @Override
    public void close() {
        run(open -> {
            try (open) {
                open.rollback();
                open.createStatement().execute("SELECT pg_advisory_unlock_all()");
            }
            return null;
        });
    }

    private <T> T run(Work<T> work) {
        try {
            return work.run(connection);
        } catch (SQLException e) {
            throw new Failure(e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        bind(connection, statement, values);
        return statement;
    }

    private static void bind(Connection connection, PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            statement.setObject(i + 1, value instanceof Collection<?> many ? array(connection, many) : value);
        }
    }

    private static Array array(Connection connection, Collection<?> values) throws SQLException {
        boolean ids = values.stream().anyMatch(UUID.class::isInstance);
        boolean numbers = values.stream().anyMatch(Long.class::isInstance);
        String type = ids ? "uuid" : numbers ? "bigint" : "text";
        return connection.createArrayOf(type, values.toArray());
    }
}
