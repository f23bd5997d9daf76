package io.cloneplatform.common.testing;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.db.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;

/** Does to a database what a release to come will do. */
public final class LaterRelease {
    private LaterRelease() {}

    /**
     * Runs the migrations that follow those of this build.
     *
     * @param names what comes after the number and two underscores in the names of their files
     */
    public static void migrate(String url, String... names) {
        try {
            Path directory = Files.createTempDirectory("later-release-");
            write(directory, List.of(names));
            run(url, directory);
            delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path directory, List<String> names) throws IOException {
        for (int i = 0; i < names.size(); i++) {
            int version = Schema.VERSION + 1 + i;
            Path file = directory.resolve("V%04d__%s.sql".formatted(version, names.get(i)));
            Files.writeString(file, "CREATE TABLE later_%d (note text);%n".formatted(version));
        }
    }

    private static void run(String url, Path directory) {
        DatabaseConfig config = new DatabaseConfig(new Secret(url), 1);
        Flyway.configure()
                .dataSource(config.jdbcUrl(), config.user(), config.password().value())
                .locations("filesystem:" + directory)
                .ignoreMigrationPatterns("*:missing")
                .load()
                .migrate();
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
