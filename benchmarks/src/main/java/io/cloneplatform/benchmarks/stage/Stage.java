package io.cloneplatform.benchmarks.stage;

import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.launch.Ports;
import io.cloneplatform.standalone.postgres.EmbeddedDatabase;
import io.cloneplatform.standalone.start.DataDirectory;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A PostgreSQL of its own in a temporary directory, with every write on disk before it is acknowledged, and a platform
 * on it.
 */
public final class Stage {
    private final Closer closer;
    private final Path repository;
    private final TemporaryDirectory directory;
    private final EmbeddedDatabase server;
    private final Database database;

    /** Starts the database and brings it to the schema of this build. */
    public Stage(Closer closer, Path repository, Consumer<String> progress) {
        this(closer, repository, null, progress);
    }

    /**
     * The same.
     *
     * @param kept where the database lies and stays; null for the temporary directory
     */
    public Stage(Closer closer, Path repository, Path kept, Consumer<String> progress) {
        this.closer = closer;
        this.repository = repository;
        this.directory = closer.keep(TemporaryDirectory::create);
        DataDirectory data = closer.keep(
                () -> DataDirectory.lock(kept == null ? directory.path().resolve("data") : kept));
        this.server = closer.keep(() -> EmbeddedDatabase.start(data, freePort(), progress));
        this.database = closer.keep(() -> Database.connect(server.url()));
        Schema.migrate(database.config());
    }

    private static int freePort() {
        return Integer.parseInt(Ports.choose(Map.of("DATABASE_PORT", "0")).get("DATABASE_PORT"));
    }

    /** Starts the platform on the database and waits until it serves. */
    public Platform startPlatform() throws InterruptedException {
        Platform platform = closer.keep(() -> Platform.start(repository, server.url(), directory.path()));
        platform.awaitReady();
        return platform;
    }

    /** Starts a cluster of six processes on the database beside a platform, and waits until it serves. */
    public Fleet startFleet(Platform platform) throws InterruptedException {
        Fleet fleet = closer.keep(() -> new Fleet(repository, platform.adminKey(), server.url(), directory.path()));
        fleet.awaitReady();
        return fleet;
    }

    /** Where files of the run go. */
    public TemporaryDirectory directory() {
        return directory;
    }

    /** A connection to the database. */
    public Database database() {
        return database;
    }
}
