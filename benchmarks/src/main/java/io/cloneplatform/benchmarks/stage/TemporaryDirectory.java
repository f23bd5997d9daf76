package io.cloneplatform.benchmarks.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory for one run, with the database in it; gone when it is closed. */
public record TemporaryDirectory(Path path) implements AutoCloseable {
    /** Makes it. */
    public static TemporaryDirectory create() {
        try {
            Path path = Files.createTempDirectory("clone-benchmarks-");
            // A database that must not run as root runs as a user who has to get here.
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new TemporaryDirectory(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that comes with the build, written into the directory. */
    public Path file(String resource) {
        Path file = path.resolve(resource.substring(resource.lastIndexOf('/') + 1));
        try (var in = TemporaryDirectory.class.getResourceAsStream("/" + resource)) {
            Files.write(file, in.readAllBytes());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the directory with these lines. */
    public Path file(String name, Iterable<String> lines) {
        try {
            return Files.write(path.resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
