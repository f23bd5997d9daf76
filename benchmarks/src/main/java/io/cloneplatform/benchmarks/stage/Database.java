package io.cloneplatform.benchmarks.stage;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The database of a run, for what is done beside the platform; every statement commits at once. */
public final class Database implements AutoCloseable {
    private final DatabaseConfig config;
    private final Connection connection;

    private Database(DatabaseConfig config, Connection connection) {
        this.config = config;
        this.connection = connection;
    }

    /** Connects to {@code postgresql://user:password@host:port/database}. */
    public static Database connect(String url) {
        DatabaseConfig config = new DatabaseConfig(new Secret(url), 1);
        try {
            return new Database(
                    config,
                    DriverManager.getConnection(
                            config.jdbcUrl(), config.user(), config.password().value()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where it is and who may use it. */
    public DatabaseConfig config() {
        return config;
    }

    /** Runs statements that have no parameters. */
    public void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + "\nin: " + sql.strip(), e);
        }
    }

    /** Runs one statement with parameters. */
    public void run(String sql, Object... parameters) {
        rows(sql, parameters);
    }

    /** The rows that a statement answers, each with its columns as texts; none when it answers nothing. */
    public List<List<String>> rows(String sql, Object... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.execute() ? read(statement.getResultSet()) : List.of();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + "\nin: " + sql.strip(), e);
        }
    }

    private static List<List<String>> read(ResultSet result) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                row.add(result.getString(column));
            }
            rows.add(row);
        }
        return rows;
    }

    /** The server's processes that are alive, on this machine. */
    public Stream<ProcessHandle> processes() {
        String file = rows("SELECT pg_read_file('postmaster.pid')").get(0).get(0);
        long first = Long.parseLong(file.lines().findFirst().orElseThrow());
        return ProcessHandle.of(first).stream()
                .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
