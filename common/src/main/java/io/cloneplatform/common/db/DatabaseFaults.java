package io.cloneplatform.common.db;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** What a failed statement says about the database, by its SQLSTATE. */
public final class DatabaseFaults {
    private DatabaseFaults() {}

    /** The SQLSTATE of a failure that the server reported; empty for any other. */
    public static String sqlState(Throwable fault) {
        return fault instanceof PgException e && e.getSqlState() != null ? e.getSqlState() : "";
    }

    /**
     * Whether the same statement may succeed in a moment: a deadlock, a lock held too long, an account closed meanwhile,
     * a server or a connection that went away, a server in recovery.
     */
    public static boolean mayPass(Throwable fault) {
        if (fault instanceof PgException) {
            return switch (sqlState(fault)) {
                case "40001", "40P01", "55P03", "25006", "LG004" -> true;
                default -> serverWentAway(sqlState(fault)) || refusedInRecovery(sqlState(fault));
            };
        }
        return withoutAnswer(fault);
    }

    /** Whether the statement may have taken effect all the same: the connection ended before the server answered. */
    public static boolean outcomeUnknown(Throwable fault) {
        return fault instanceof PgException ? serverWentAway(sqlState(fault)) : withoutAnswer(fault);
    }

    private static boolean serverWentAway(String state) {
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
    }

    // Its answer to a session that wants to write: the latter up to PostgreSQL 17, the former since.
    private static boolean refusedInRecovery(String state) {
        return state.equals("0A000") || state.equals("25001");
    }

    // The pool reports a closed connection, a full queue and a timed-out wait with bare VertxExceptions.
    private static boolean withoutAnswer(Throwable fault) {
        return fault instanceof IOException || fault instanceof VertxException || fault instanceof TimeoutException;
    }
}
