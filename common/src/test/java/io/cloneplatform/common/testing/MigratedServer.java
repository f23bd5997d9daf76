package io.cloneplatform.common.testing;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.db.Schema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of a stopped server with a migrated database, made once for the migrations that there are and copied for each
 * JVM of tests: making a server and migrating takes many times as long.
 */
final class MigratedServer {
    /** The database with the whole schema, to be copied. */
    static final String DATABASE = "template_migrated";

    /** What stands in {@code CREATE DATABASE} for an empty one. */
    // A collation in which LIKE 'prefix%' cannot use an ordinary index: what the schema promises must hold in it.
    static final String EMPTY = "template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'";

    private MigratedServer() {}

    /** Copies it, making it first when nobody has. */
    static void copyTo(Path data) throws IOException {
        Path made = Path.of(System.getProperty("java.io.tmpdir"), "clone-platform-server-" + fingerprint());
        // Closing the channel lets the lock go.
        try (FileChannel channel =
                FileChannel.open(Path.of(made + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            if (!Files.exists(made)) {
                make(made);
            }
        }
        copy(made, data);
    }

    // Whatever ended half-way lies under another name.
    private static void make(Path made) throws IOException {
        Path work = Files.createTempDirectory(made.getFileName().toString());
        EmbeddedPostgres server = TestDatabase.builder(work).start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE + " TEMPLATE " + EMPTY);
            String url = "postgresql://postgres:postgres@127.0.0.1:" + server.getPort() + "/" + DATABASE;
            Schema.migrate(new DatabaseConfig(new Secret(url), 1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            server.close();
        }
        Files.move(work, made, StandardCopyOption.ATOMIC_MOVE);
    }

    // Of everything that the files depend on.
    private static String fingerprint() throws IOException {
        MessageDigest digest = sha256();
        digest.update(System.getProperty("user.name").getBytes(StandardCharsets.UTF_8));
        digest.update(EmbeddedPostgres.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()
                .getBytes(StandardCharsets.UTF_8));
        try (InputStream schema = Schema.class.getResourceAsStream("Schema.class")) {
            digest.update(schema.readAllBytes());
        }
        URI migrations = URI.create(Schema.class.getResource("/db/migration").toString());
        if (migrations.getScheme().equals("jar")) {
            try (FileSystem archive = FileSystems.newFileSystem(migrations, Map.of())) {
                digestAll(digest, archive.getPath("/db/migration"));
            }
        } else {
            digestAll(digest, Path.of(migrations));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void digestAll(MessageDigest digest, Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Removes a copy. */
    static void delete(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
