package io.cloneplatform.common.db;

import io.cloneplatform.common.config.DatabaseConfig;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlClient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The schema this code was built for, and the way to get there. */
public final class Schema {
    /** The newest migration of this build; boxed, so that no class keeps the number it was compiled with. */
    public static final int VERSION = Integer.valueOf(21);

    // Of what a migration says and its version the lesser: least() leaves out the null of one that says nothing.
    private static final String FIND_STATE =
            """
            SELECT coalesce(max(version::integer), 0) AS version,
              coalesce(max(least(version::integer, substring(description FROM ' from ([0-9]{1,6})$')::integer)), 0) AS oldest
            FROM flyway_schema_history
            WHERE success
            """;
    private static final String HAS_STATE = "SELECT to_regclass('flyway_schema_history')";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    // Whoever waits for a table keeps everybody waiting who comes after: better to try again.
    private static final String WAIT_BRIEFLY = "SET lock_timeout = '2s'";
    private static final int ATTEMPTS = 30;

    private Schema() {}

    /**
     * Brings the database to {@link #VERSION}, once no backup of it is being made; blocks, so only for
     * start-up, commands and tests.
     *
     * @return how many migrations that took
     */
    public static int migrate(DatabaseConfig config) {
        Flyway flyway = migrations()
                .dataSource(config.jdbcUrl(), config.user(), config.password().value())
                .connectRetries(10)
                .initSql(WAIT_BRIEFLY)
                .load();
        int before = flyway.info().applied().length;
        for (int attempt = 1; ; attempt++) {
            try {
                flyway.migrate();
                return flyway.info().applied().length - before;
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !waitedInVain(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean waitedInVain(Throwable failure) {
        return failure != null
                && ((failure instanceof SQLException e && LOCK_NOT_AVAILABLE.equals(e.getSQLState()))
                        || waitedInVain(failure.getCause()));
    }

    /**
     * Makes the schema of a version, or brings an older one to it, as part of the transaction of a
     * connection.
     */
    public static void migrate(Connection transaction, int version) {
        migrations()
                .dataSource(new OneConnection(transaction))
                .target(MigrationVersion.fromVersion(Integer.toString(version)))
                .load()
                .migrate();
    }

    /** Drops everything in the schema, tables of others too, as part of the transaction of a connection. */
    public static void drop(Connection transaction) {
        migrations()
                .dataSource(new OneConnection(transaction))
                .cleanDisabled(false)
                .load()
                .clean();
    }

    private static FluentConfiguration migrations() {
        return Flyway.configure(Schema.class.getClassLoader())
                .locations("classpath:db/migration")
                .callbacks(new SchemaLock(), new EarlierChecksums());
    }

    /** What the database has. */
    public static Future<SchemaState> state(SqlClient client) {
        return client.query(FIND_STATE)
                .execute()
                .map(rows -> rows.iterator().next())
                .map(row -> new SchemaState(row.getInteger("version"), row.getInteger("oldest")))
                .recover(failure -> failure instanceof PgException e && UNDEFINED_TABLE.equals(e.getSqlState())
                        ? Future.succeededFuture(new SchemaState(0, 0))
                        : Future.failedFuture(failure));
    }

    /** What the database has, in the transaction of a connection. */
    public static SchemaState state(Connection connection) throws SQLException {
        if (Jdbc.text(connection, HAS_STATE) == null) {
            return new SchemaState(0, 0);
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(FIND_STATE)) {
            rows.next();
            return new SchemaState(rows.getInt("version"), rows.getInt("oldest"));
        }
    }
}
