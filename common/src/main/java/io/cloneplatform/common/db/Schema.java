package io.cloneplatform.common.db;

import io.cloneplatform.common.config.DatabaseConfig;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlClient;
import org.flywaydb.core.Flyway;

/** The schema this code was built for, and the way to get there. */
public final class Schema {
    /** The newest migration of this build; boxed, so that no class keeps the number it was compiled with. */
    public static final int VERSION = Integer.valueOf(15);

    private static final String FIND_VERSION =
            "SELECT max(version::integer) AS version FROM flyway_schema_history WHERE success";
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

    /** The version the database has; 0 when it has none. */
    public static Future<Integer> version(SqlClient client) {
        return client.query(FIND_VERSION)
                .execute()
                .map(rows -> rows.iterator().next().getInteger("version"))
                .map(version -> version == null ? 0 : version)
                .recover(failure -> failure instanceof PgException e && UNDEFINED_TABLE.equals(e.getSqlState())
                        ? Future.succeededFuture(0)
                        : Future.failedFuture(failure));
    }
}
