package io.cloneplatform.common.db;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Keeps migrations and backups apart: whoever reads the whole database holds the lock together with others
 * who do, whoever changes its schema holds it alone. A migration thus waits for a backup before it locks a
 * table that requests need.
 */
public final class SchemaLock extends BaseCallback {
    private static final String KEY = "hashtextextended('clone schema', 0)";

    // A session that ended a moment ago may still have it.
    private static final String PATIENCE = "3s";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    SchemaLock() {}

    /** Waits until no migration is under way; the lock lasts as long as the session. */
    public static void awaitShared(Connection connection) throws SQLException {
        Jdbc.text(connection, "SELECT pg_advisory_lock_shared(" + KEY + ")");
    }

    /**
     * Takes the lock for the session alone; false when a migration, a backup or a restore has it and keeps
     * it.
     */
    public static boolean take(Connection connection) throws SQLException {
        Jdbc.execute(connection, "SET lock_timeout = '" + PATIENCE + "'");
        try {
            Jdbc.text(connection, "SELECT pg_advisory_lock(" + KEY + ")");
            return true;
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        } finally {
            Jdbc.execute(connection, "RESET lock_timeout");
        }
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_VALIDATE;
    }

    // The session is Flyway's own and ends with the migration. What limits waiting for tables does not limit
    // this.
    @Override
    public void handle(Event event, Context context) {
        try {
            Connection connection = context.getConnection();
            String limit = Jdbc.text(connection, "SHOW lock_timeout");
            Jdbc.execute(connection, "SET lock_timeout = 0");
            Jdbc.text(connection, "SELECT pg_advisory_lock(" + KEY + ")");
            Jdbc.execute(connection, "SET lock_timeout = '" + limit + "'");
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not let a migration begin", e);
        }
    }
}
