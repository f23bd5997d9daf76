package io.cloneplatform.acceptance.process;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server of one test, migrated, that can go away and come back with its data on the same port. */
final class TestServer implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration FOLLOWS_LIMIT = Duration.ofSeconds(20);
    private static final String IN_STEP = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'";
    // The last digits of the names of the files of its log count up.
    private static final String END_LOG_FILE =
            "SELECT ('x' || right(pg_walfile_name(pg_switch_wal()), 7))::bit(28)::integer";
    private static final String LAST_ARCHIVED =
            "SELECT coalesce(('x' || right(last_archived_wal, 7))::bit(28)::integer, 0) FROM pg_stat_archiver";

    private final TemporaryDirectory directory;
    private final int port = FreePorts.next();
    private EmbeddedPostgres server;

    TestServer() {
        this(new TemporaryDirectory());
        start();
        Schema.migrate(new DatabaseConfig(new Secret(url()), 1));
    }

    private TestServer(TemporaryDirectory directory) {
        this.directory = directory;
    }

    /** A copy that follows this one; from now on a write is acknowledged when both have it on disk. */
    TestServer synchronousReplica() {
        TestServer replica = new TestServer(new TemporaryDirectory());
        stop();
        execute("cp", "-a", data().toString(), replica.data().toString());
        replica.follow(port);
        start();
        replica.start();
        Sql.run(url(), "ALTER SYSTEM SET synchronous_standby_names = '*'");
        Sql.run(url(), "SELECT pg_reload_conf()");
        Waiting.until(FOLLOWS_LIMIT, () -> "no replica", () -> Sql.count(url(), IN_STEP) == 1);
        return replica;
    }

    /**
     * Keeps what it writes from now on, to go back to any moment of it; answers with the files to begin from.
     */
    Path archiveFromNowOn() {
        Path archive = directory.path().resolve("archive");
        Path base = directory.path().resolve("base");
        execute("mkdir", "-m", "777", archive.toString());
        Sql.run(url(), "ALTER SYSTEM SET archive_mode = 'on'");
        Sql.run(url(), "ALTER SYSTEM SET archive_command = 'cp %p " + archive + "/%f'");
        stop();
        execute("cp", "-a", data().toString(), base.toString());
        start();
        return base;
    }

    /** Another server with what this one had at a moment, from the files and the archive that it made. */
    TestServer asOf(String moment, Path base) {
        int last = Sql.count(url(), END_LOG_FILE);
        Waiting.until(FOLLOWS_LIMIT, () -> "not archived", () -> Sql.count(url(), LAST_ARCHIVED) >= last);
        TestServer recovered = new TestServer(new TemporaryDirectory());
        execute("cp", "-a", base.toString(), recovered.data().toString());
        recovered.recover(base.resolveSibling("archive"), moment);
        recovered.start();
        return recovered;
    }

    private void recover(Path archive, String moment) {
        try {
            Files.createFile(data().resolve("recovery.signal"));
            Files.writeString(
                    data().resolve("postgresql.auto.conf"),
                    """
                    archive_mode = off
                    restore_command = 'cp %s/%%f %%p'
                    recovery_target_time = '%s'
                    recovery_target_action = 'promote'
                    """
                            .formatted(archive, moment),
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void follow(int primary) {
        try {
            Files.createFile(data().resolve("standby.signal"));
            Files.writeString(
                    data().resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=127.0.0.1 port=" + primary + " user=postgres'\n",
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the replica a server to write to. */
    void promote() {
        Sql.run(url(), "SELECT pg_promote()");
    }

    void start() {
        try {
            server = EmbeddedPostgres.builder()
                    .setPgBinaryResolver(TestDatabase::binaries)
                    .setDataDirectory(data())
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
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
        execute(command.toArray(String[]::new));
    }

    private static void execute(String... command) {
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path data() {
        return directory.path().resolve("data");
    }

    int port() {
        return port;
    }

    String url() {
        return url(port);
    }

    /** The same database at another port. */
    static String url(int port) {
        return "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres";
    }

    @Override
    public void close() {
        stop();
        directory.close();
    }
}
