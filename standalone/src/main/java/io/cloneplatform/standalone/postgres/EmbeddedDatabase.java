package io.cloneplatform.standalone.postgres;

import io.cloneplatform.common.launch.Ports;
import io.cloneplatform.common.launch.StartException;
import io.cloneplatform.standalone.postgres.PostgresPrograms.Outcome;
import io.cloneplatform.standalone.start.DataDirectory;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A real PostgreSQL in the data directory, for as long as the platform runs: every acknowledged write is on disk, only
 * this machine can connect, and only with the password in the data directory. Blocks, so only for start-up and tests.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    static final String USER = "postgres";
    private static final String HOST = "127.0.0.1";
    private static final String DATABASE = "clone";
    private static final String START_LIMIT_SECONDS = "120";
    private static final String STOP_LIMIT_SECONDS = "20";

    private final PostgresFiles files;
    private final PostgresPrograms programs;
    private final int port;
    private final Consumer<String> progress;

    private EmbeddedDatabase(PostgresFiles files, PostgresPrograms programs, int port, Consumer<String> progress) {
        this.files = files;
        this.programs = programs;
        this.port = port;
        this.progress = progress;
    }

    /**
     * Starts the database of a data directory, making it first where there is none, and stopping first a server that a
     * killed platform left running.
     *
     * @param progress is told what takes time
     * @throws StartException when it cannot start; nothing is left running then
     */
    public static EmbeddedDatabase start(DataDirectory directory, int port, Consumer<String> progress) {
        return start(directory, port, RunAs.detect(directory.path()), progress);
    }

    static EmbeddedDatabase start(DataDirectory directory, int port, RunAs runAs, Consumer<String> progress) {
        PostgresFiles files = PostgresFiles.in(directory.path());
        PostgresPrograms programs = new PostgresPrograms(files.programs(), runAs);
        EmbeddedDatabase database = new EmbeddedDatabase(files, programs, port, progress);
        try {
            database.start();
        } catch (IOException e) {
            throw new StartException("The database in " + directory.path() + " cannot be started: " + e, e);
        }
        return database;
    }

    private void start() throws IOException {
        stopOrphan();
        Ports.requireFree(portInUse());
        PostgresArchive.unpack(files.programs(), () -> progress.accept("Unpacking PostgreSQL (first start only)"));
        if (Files.notExists(files.data())) {
            progress.accept("Making the database in " + files.data());
            create();
        }
        programs.own(files.data());
        if (files.password().isEmpty()) {
            setPassword(files.data(), PostgresFiles.newPassword());
        }
        progress.accept("Starting PostgreSQL on port " + port);
        serve();
    }

    private void create() throws IOException {
        Path unfinished = files.unfinished();
        PostgresArchive.delete(unfinished);
        Files.createDirectory(unfinished);
        programs.own(unfinished);
        Outcome outcome = programs.run(
                "initdb",
                "--pgdata=" + unfinished,
                "--username=" + USER,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
        if (!outcome.ok()) {
            throw new StartException("The database in " + unfinished + " cannot be made: " + outcome.output());
        }
        setPassword(unfinished, files.password().orElseGet(PostgresFiles::newPassword), "CREATE DATABASE " + DATABASE);
        Files.move(unfinished, files.data());
    }

    // Single-user mode needs no password, opens no port, and takes one statement a line.
    private void setPassword(Path data, String password, String... more) throws IOException {
        String statements = "ALTER ROLE " + USER + " PASSWORD '" + password + "'\n" + String.join("\n", more) + "\n";
        Outcome outcome = programs.runWith(statements, "postgres", "--single", "-D", data.toString(), USER);
        if (!outcome.ok() || outcome.output().contains("ERROR:")) {
            throw new StartException("The database in " + data + " cannot be prepared: " + outcome.output());
        }
        files.savePassword(password);
    }

    private void serve() throws IOException {
        files.prepareStart(port);
        Outcome outcome = programs.run(
                "pg_ctl", "start", "-D", data(), "-l", files.log().toString(), "-w", "-t", START_LIMIT_SECONDS, "-s");
        if (!outcome.ok()) {
            String log = Files.exists(files.log()) ? Files.readString(files.log()) : "";
            stop("immediate");
            throw log.contains("Address already in use")
                    ? Ports.inUse(portInUse())
                    : new StartException("PostgreSQL does not start; its log is " + files.log() + ":\n"
                            + outcome.output() + "\n" + log.strip());
        }
    }

    /** Stops the server that a killed platform left running: its writes are complete, its port is not free. */
    private void stopOrphan() throws IOException {
        if (Files.notExists(files.pidFile())) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(files.pidFile()).get(0).strip());
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return;
        }
        if (isAnotherProgram(process.orElseThrow())) {
            Files.delete(files.pidFile());
            return;
        }
        progress.accept("Stopping PostgreSQL (process " + pid + "), which a killed platform left running");
        if (!stop("fast") && !stop("immediate")) {
            throw new StartException("PostgreSQL (process " + pid + ") still runs on " + files.data()
                    + " and cannot be stopped. Stop that process, then start again.");
        }
    }

    // Process ids come back after a reboot or in a new container. A process that ended and that nobody has reaped has
    // no command any more.
    private boolean isAnotherProgram(ProcessHandle process) throws IOException {
        Optional<String> command = process.info().command();
        if (command.isPresent()) {
            return !Path.of(command.orElseThrow())
                    .startsWith(files.programs().getParent().toRealPath());
        }
        Path state = Path.of("/proc", Long.toString(process.pid()), "stat");
        return Files.exists(state) && Files.readString(state).contains(") Z ");
    }

    private Ports.Port portInUse() {
        return new Ports.Port("DATABASE_PORT", HOST, port);
    }

    private boolean stop(String mode) {
        return programs.run("pg_ctl", "stop", "-D", data(), "-m", mode, "-w", "-t", STOP_LIMIT_SECONDS, "-s")
                .ok();
    }

    private String data() {
        return files.data().toString();
    }

    /** The URL for programs, with the password. */
    public String url() {
        return url(files, port).orElseThrow();
    }

    /**
     * The URL of the embedded database that a running platform has in a directory, for commands that work beside it;
     * empty when there was never one.
     */
    public static Optional<String> url(Path dataDirectory, int port) {
        return url(PostgresFiles.in(dataDirectory.toAbsolutePath().normalize()), port);
    }

    private static Optional<String> url(PostgresFiles files, int port) {
        try {
            return files.password()
                    .map(password ->
                            "postgresql://" + USER + ":" + password + "@" + HOST + ":" + port + "/" + DATABASE);
        } catch (IOException e) {
            throw new StartException("The password in " + files.passwords() + " cannot be read: " + e, e);
        }
    }

    /** The URL for psql, which reads the password from the file in the data directory. */
    public String psqlUrl() {
        String passwords = URLEncoder.encode(files.passwords().toString(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        return "postgresql://" + USER + "@" + HOST + ":" + port + "/" + DATABASE + "?passfile=" + passwords;
    }

    /** Stops the server; connections that are still open are ended, transactions rolled back. */
    @Override
    public void close() {
        if (Files.exists(files.pidFile()) && !stop("fast")) {
            stop("immediate");
        }
    }
}
