package io.cloneplatform.cli.backup;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.launch.StartException;
import io.cloneplatform.standalone.backup.BackupException;
import io.cloneplatform.standalone.backup.Progress;
import io.cloneplatform.standalone.postgres.EmbeddedDatabase;
import io.cloneplatform.standalone.start.DataDirectory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The database that a command works on: the one of {@code DATABASE_URL}, that of a running platform, or the
 * embedded one of a platform that is stopped, which runs for as long as the command does.
 */
public final class OperatedDatabase implements AutoCloseable {
    private final DatabaseConfig config;
    private final Deque<AutoCloseable> started;

    private OperatedDatabase(DatabaseConfig config, Deque<AutoCloseable> started) {
        this.config = config;
        this.started = started;
    }

    /** To read from: a platform may be running on it. */
    public static OperatedDatabase toRead(Map<String, String> environment, Consumer<Progress> listener) {
        PlatformConfig settings = PlatformConfig.read(environment);
        if (settings.databaseUrl().isPresent()) {
            return new OperatedDatabase(settings.database(), new ArrayDeque<>());
        }
        Optional<String> running = EmbeddedDatabase.url(settings.dataDir(), settings.databasePort());
        if (running.isEmpty()) {
            throw new BackupException("There is no database in " + settings.dataDir()
                    + ". Set DATA_DIR to the directory of the platform, or DATABASE_URL.");
        }
        return isFree(settings.dataDir())
                ? embedded(settings, listener)
                : new OperatedDatabase(new DatabaseConfig(new Secret(running.get()), 1), new ArrayDeque<>());
    }

    private static boolean isFree(Path directory) {
        try (DataDirectory free = DataDirectory.lock(directory)) {
            return free.path() != null;
        } catch (StartException e) {
            return false;
        }
    }

    /** To write to: an embedded one must not be in use by a platform, and is made where there is none. */
    static OperatedDatabase toWrite(Map<String, String> environment, Consumer<Progress> listener) {
        PlatformConfig settings = PlatformConfig.read(environment);
        return settings.databaseUrl().isPresent()
                ? new OperatedDatabase(settings.database(), new ArrayDeque<>())
                : embedded(settings, listener);
    }

    private static OperatedDatabase embedded(PlatformConfig settings, Consumer<Progress> listener) {
        Deque<AutoCloseable> started = new ArrayDeque<>();
        try {
            DataDirectory directory = DataDirectory.lock(settings.dataDir());
            started.push(directory);
            EmbeddedDatabase database = EmbeddedDatabase.start(
                    directory, settings.databasePort(), step -> listener.accept(Progress.of(step)));
            started.push(database);
            // Whoever presses Ctrl-C leaves no server behind.
            Runtime.getRuntime().addShutdownHook(new Thread(database::close, "stop-database"));
            return new OperatedDatabase(new DatabaseConfig(new Secret(database.url()), 1), started);
        } catch (StartException e) {
            closeAll(started);
            throw new BackupException(e.getMessage(), e);
        }
    }

    /** How it is reached. */
    public DatabaseConfig config() {
        return config;
    }

    @Override
    public void close() {
        closeAll(started);
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new BackupException("The embedded database did not stop in order: " + e.getMessage(), e);
            }
        }
    }
}
