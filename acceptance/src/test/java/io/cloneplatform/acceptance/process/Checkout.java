package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a commit beside this repository, built as operators build; gone when closed. */
final class Checkout implements AutoCloseable {
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);
    private static final Path SCHEMA = Path.of("common/src/main/java/io/cloneplatform/common/db/Schema.java");
    private static final Path MIGRATIONS = Path.of("common/src/main/resources/db/migration");
    private static final Pattern VERSION = Pattern.compile("(?<=VERSION = Integer\\.valueOf\\()\\d+");

    private final TemporaryDirectory directory = new TemporaryDirectory();

    Checkout(String commit) {
        Git.export(commit, path());
    }

    Path path() {
        return directory.path();
    }

    /** The newest migration it knows. */
    int schema() {
        Matcher version = VERSION.matcher(read(SCHEMA));
        assertThat(version.find()).as("%s names its version", SCHEMA).isTrue();
        return Integer.parseInt(version.group());
    }

    /** Gives it one migration more. */
    void addMigration(String name, String sql) {
        int next = schema() + 1;
        write(SCHEMA, VERSION.matcher(read(SCHEMA)).replaceFirst(Integer.toString(next)));
        write(MIGRATIONS.resolve("V%04d__%s.sql".formatted(next, name)), sql);
    }

    /** Builds it. */
    Checkout build() {
        List<String> command = List.of(path().resolve("clonectl").toString(), "version");
        try (PlatformProcess build = new Launch(command, Map.of()).start()) {
            assertThat(build.awaitExit(BUILD_LIMIT))
                    .as("exit code of %s", build)
                    .isZero();
            assertThat(build.wholeOutput()).containsPattern("(?m)^Schema +" + schema() + "$");
        }
        return this;
    }

    private String read(Path file) {
        try {
            return Files.readString(path().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path file, String text) {
        try {
            Files.writeString(path().resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        directory.close();
    }
}
