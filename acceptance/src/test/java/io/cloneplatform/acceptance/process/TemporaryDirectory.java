package io.cloneplatform.acceptance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for one test, with the processes that work in it; both are gone when it is closed, or when we end. */
final class TemporaryDirectory implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Path path;
    private final Thread atExit = new Thread(this::clear, "clear-directory");

    TemporaryDirectory() {
        try {
            path = Files.createTempDirectory("clone-platform-");
            // A database that must not run as root runs as a user who has to get here.
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    Path path() {
        return path;
    }

    /** The running processes whose command line names the directory: its PostgreSQL servers. */
    List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(path.toString()))
                .toList();
    }

    @Override
    public void close() {
        clear();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void clear() {
        List<ProcessHandle> left = processes();
        left.forEach(ProcessHandle::destroy);
        Waiting.until(STOP_LIMIT, () -> "running: " + left, () -> left.stream().noneMatch(ProcessHandle::isAlive));
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
