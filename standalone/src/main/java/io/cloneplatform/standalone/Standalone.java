package io.cloneplatform.standalone;

import io.cloneplatform.common.config.BackupConfig;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.db.SchemaState;
import io.cloneplatform.common.launch.Logging;
import io.cloneplatform.common.launch.Platform;
import io.cloneplatform.common.launch.Ports;
import io.cloneplatform.common.launch.ServiceModule;
import io.cloneplatform.common.launch.StartException;
import io.cloneplatform.standalone.backup.schedule.DailyBackup;
import io.cloneplatform.standalone.demo.Demo;
import io.cloneplatform.standalone.postgres.EmbeddedDatabase;
import io.cloneplatform.standalone.start.DataDirectory;
import io.cloneplatform.standalone.start.ReadyProbe;
import io.cloneplatform.standalone.start.SchemaCheck;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * The whole platform in one process, on the embedded database or on the server that {@code DATABASE_URL} names. Starting
 * and stopping block; a stop that arrives during the start waits for the step in progress.
 */
public final class Standalone implements AutoCloseable {
    private static final long STEP_LIMIT_SECONDS = 15;

    private final PlatformConfig config;
    private final List<ServiceModule> services;
    private final BackupConfig backups;
    private final PrintStream out;
    private final ReentrantLock step = new ReentrantLock();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private volatile boolean stopped;

    /**
     * Reads the configuration and starts nothing yet.
     *
     * @param out is told what takes time and, when it is ready, where everything is
     * @throws io.cloneplatform.common.config.ConfigException naming everything that is wrong with the configuration
     */
    public Standalone(Map<String, String> environment, List<? extends ServiceModule> services, PrintStream out) {
        this.config = PlatformConfig.read(Ports.choose(environment));
        this.services = List.copyOf(services);
        this.backups = BackupConfig.read(environment);
        this.out = out;
    }

    /**
     * Starts everything and returns when it serves.
     *
     * @param demo whether to fill a new platform with members and their doings
     * @throws StartException when something is in the way; close it then
     */
    public void start(boolean demo) {
        long startedAt = System.nanoTime();
        Logging.configure(config.logFormat());
        if (demo && config.production()) {
            throw new StartException(
                    "The demo's passwords are known to everyone: --demo is not for PROFILE=production.");
        }
        Optional<EmbeddedDatabase> embedded =
                config.databaseUrl().isEmpty() ? Optional.of(embedded()) : Optional.empty();
        PlatformConfig ready = embedded.map(database -> migrated(config.withDatabase(database.url())))
                .orElseGet(this::checked);
        progress("Starting the services");
        Platform platform = keep(() -> Platform.start(ready, "standalone", withBackups()));
        awaitReady();
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
        boolean shown = demo && new Demo(platform.vertx(), out).seed();
        out.print(Banner.text(config, embedded, tookMs, shown ? Demo.signIn() : ""));
    }

    private List<ServiceModule> withBackups() {
        List<ServiceModule> all = new ArrayList<>(services);
        if (backups.on()) {
            all.add(new DailyBackup(backups));
        }
        return all;
    }

    private void awaitReady() {
        URI health = URI.create(Banner.url(config, config.httpPort()) + "/health");
        try {
            if (!ReadyProbe.await(health)) {
                out.println("Not everything is ready yet; " + health + " says what is missing.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private EmbeddedDatabase embedded() {
        DataDirectory directory = keep(() -> DataDirectory.lock(config.dataDir()));
        requireFreePorts();
        return keep(() -> EmbeddedDatabase.start(directory, config.databasePort(), this::progress));
    }

    private void requireFreePorts() {
        Ports.requireFree(
                new Ports.Port("HTTP_PORT", config.httpHost(), config.httpPort()),
                new Ports.Port("MANAGEMENT_PORT", config.httpHost(), config.managementPort()));
    }

    private PlatformConfig migrated(PlatformConfig ready) {
        SchemaState schema = SchemaCheck.state(ready.database());
        if (schema.isBehind(Schema.VERSION)) {
            progress("Bringing the schema from version " + schema.version() + " to " + Schema.VERSION);
            inOneStep(() -> Schema.migrate(ready.database()));
        }
        return ready;
    }

    private PlatformConfig checked() {
        requireFreePorts();
        SchemaState schema = SchemaCheck.state(config.database());
        if (schema.isBehind(Schema.VERSION)) {
            throw new StartException("The database of DATABASE_URL has schema version " + schema.version()
                    + ", this build needs " + Schema.VERSION + ". Run ./clonectl migrate first.");
        }
        return config;
    }

    private <T extends AutoCloseable> T keep(Supplier<T> start) {
        return inOneStep(() -> {
            T part = start.get();
            running.push(part);
            return part;
        });
    }

    private <T> T inOneStep(Supplier<T> work) {
        step.lock();
        try {
            requireWanted();
            return work.get();
        } finally {
            step.unlock();
        }
    }

    private void progress(String line) {
        requireWanted();
        out.println(line);
    }

    private void requireWanted() {
        if (stopped) {
            throw new StartException("Stopped before it was ready.");
        }
    }

    /** Stops the services first, then the database, then lets the data directory go. */
    @Override
    public void close() {
        stopped = true;
        boolean locked = tryStep();
        try {
            while (!running.isEmpty()) {
                close(running.pop());
            }
        } finally {
            if (locked) {
                step.unlock();
            }
        }
    }

    private boolean tryStep() {
        try {
            return step.tryLock(STEP_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(Standalone.class).warn("{} did not stop cleanly", part, e);
        }
    }
}
