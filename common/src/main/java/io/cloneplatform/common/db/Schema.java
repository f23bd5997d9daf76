package io.cloneplatform.common.db;

import io.cloneplatform.common.config.DatabaseConfig;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlClient;
import org.flywaydb.core.Flyway;

/** The schema this code was built for, and the way to get there. */
public final class Schema {
    /** The newest migration of this build; boxed, so that no class keeps the number it was compiled with. */
    public static final int VERSION = Integer.valueOf(16);

    // Of what a migration says and its version the lesser: least() leaves out the null of one that says nothing.
    private static final String FIND_STATE =
            """
            SELECT coalesce(max(version::integer), 0) AS version,
              coalesce(max(least(version::integer, substring(description FROM ' from ([0-9]{1,6})$')::integer)), 0) AS oldest
            FROM flyway_schema_history
            WHERE success
            """;
    private static final String UNDEFINED_TABLE = "42P01";

    private Schema() {}

    /** Brings the database to {@link #VERSION}; blocks, so only for start-up, commands and tests. */
    public static int migrate(DatabaseConfig config) {
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(config.jdbcUrl(), config.user(), config.password().value())
                .locations("classpath:db/migration")
                .callbacks(new EarlierChecksums())
                .connectRetries(10)
                .load()
                .migrate()
                .migrationsExecuted;
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
}
