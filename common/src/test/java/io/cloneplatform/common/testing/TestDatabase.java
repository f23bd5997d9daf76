package io.cloneplatform.common.testing;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Real, migrated PostgreSQL databases for tests: one server per JVM, one fresh database per call. */
public final class TestDatabase {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static EmbeddedPostgres server;

    private TestDatabase() {}

    /** The URL of a new database with the whole schema and no rows of its own. */
    public static synchronized String create() {
        if (server == null) {
            server = startServer();
        }
        String name = "test_" + COUNT.incrementAndGet();
        createDatabase(name, MigratedServer.DATABASE);
        return url(name);
    }

    /** The URL of a new database with everything that another one has, which nobody may be connected to. */
    public static synchronized String copyOf(String url) {
        String name = "copy_" + COUNT.incrementAndGet();
        createDatabase(name, url.substring(url.lastIndexOf('/') + 1));
        return url(name);
    }

    /** The URL of a new, empty database. */
    public static synchronized String createEmpty() {
        if (server == null) {
            create();
        }
        String name = "empty_" + COUNT.incrementAndGet();
        createDatabase(name, MigratedServer.EMPTY);
        return url(name);
    }

    /** A JDBC connection as superuser, for tests that do what an operator would type. */
    public static Connection connect(String url) {
        DatabaseConfig config = new DatabaseConfig(new Secret(url), 1);
        try {
            return java.sql.DriverManager.getConnection(
                    config.jdbcUrl(), config.user(), config.password().value());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void createDatabase(String name, String template) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String url(String database) {
        return "postgresql://postgres:postgres@127.0.0.1:" + server.getPort() + "/" + database;
    }

    /**
     * The archive of PostgreSQL for this machine. A runnable jar names its libraries in its manifest, so the same archive
     * may stand on the class path twice, which zonky's own search refuses.
     */
    public static InputStream binaries(String system, String machineHardware) throws IOException {
        String name = "postgres-" + system.toLowerCase(Locale.ROOT) + "-" + machineHardware + ".txz";
        URL archive = TestDatabase.class.getClassLoader().getResource(name);
        if (archive == null) {
            throw new IllegalStateException("there is no " + name + " on the class path");
        }
        return archive.openStream();
    }

    private static EmbeddedPostgres startServer() {
        try {
            Path data = Files.createTempDirectory("clone-platform-tests-");
            MigratedServer.copyTo(data);
            EmbeddedPostgres started = builder(data).start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started, data), "stop-postgres"));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EmbeddedPostgres.Builder builder(Path data) {
        return EmbeddedPostgres.builder()
                .setPgBinaryResolver(TestDatabase::binaries)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("max_connections", "200")
                .setLocaleConfig("locale", "C.UTF-8")
                .setPGStartupWait(Duration.ofSeconds(60));
    }

    private static void stop(EmbeddedPostgres postgres, Path data) {
        try {
            postgres.close();
            MigratedServer.delete(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
