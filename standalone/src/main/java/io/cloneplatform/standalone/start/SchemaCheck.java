package io.cloneplatform.standalone.start;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.db.Database;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.db.SchemaState;
import io.cloneplatform.common.launch.StartException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Asks a database which schema it has; cheaper than a migration that finds nothing to do. */
public final class SchemaCheck {
    private static final int ATTEMPTS = 4;

    private SchemaCheck() {}

    /**
     * What it has. Blocks, so only for start-up and commands.
     *
     * @throws StartException when the database does not answer, saying why
     */
    public static SchemaState state(DatabaseConfig config) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.HOURS)
                .setBlockedThreadCheckInterval(1));
        try {
            Pool pool = Database.ownerPool(vertx, config, "clone-schema-check");
            return attempt(pool, ATTEMPTS).await();
        } catch (Exception e) {
            throw new StartException("The database " + place(config) + " cannot be used: " + reason(e) + ".", e);
        } finally {
            vertx.close();
        }
    }

    // Only what is slow is asked again, such as loading the client's classes on a busy machine.
    private static Future<SchemaState> attempt(Pool pool, int attempts) {
        return Schema.state(pool)
                .recover(failure ->
                        attempts > 1 && !isFinal(failure) ? attempt(pool, attempts - 1) : Future.failedFuture(failure));
    }

    private static boolean isFinal(Throwable failure) {
        return failure instanceof PgException || failure instanceof IOException;
    }

    private static String place(DatabaseConfig config) {
        return config.jdbcUrl().replaceFirst("^jdbc:postgresql://", "").replaceFirst("\\?.*$", "");
    }

    private static String reason(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String line = message.lines().findFirst().orElse(message).strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
