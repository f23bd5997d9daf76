package io.cloneplatform.acceptance.process;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server of one test, migrated, that can go away and come back with its data on the same port. */
final class TestServer implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final TemporaryDirectory directory = new TemporaryDirectory();
    private final int port = FreePorts.next();
    private EmbeddedPostgres server;

    TestServer() {
        start();
        Schema.migrate(new DatabaseConfig(new Secret(url()), 1));
    }

    void start() {
        try {
            server = EmbeddedPostgres.builder()
                    .setPgBinaryResolver(TestDatabase::binaries)
                    .setDataDirectory(directory.path().resolve("data"))
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", "on")
                    .setLocaleConfig("locale", "C.UTF-8")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it as an operator would; connections are ended, transactions rolled back. */
    void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a crash does: with SIGQUIT it drops everything at once, with SIGKILL it does not even learn of it. */
    void crash(String signal) {
        List<ProcessHandle> all = all();
        send(signal, directory.processes());
        Waiting.until(STOP_LIMIT, () -> "running: " + all, () -> all.stream().noneMatch(ProcessHandle::isAlive));
        stop();
    }

    /** Lets it hang: connections stay open, and nothing is answered. */
    void freeze() {
        send("STOP", all());
    }

    /** Ends the hanging. */
    void thaw() {
        send("CONT", all());
    }

    private List<ProcessHandle> all() {
        return directory.processes().stream()
                .flatMap(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants()))
                .toList();
    }

    private static void send(String signal, List<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres";
    }

    @Override
    public void close() {
        stop();
        directory.close();
    }
}
