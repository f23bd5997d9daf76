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

    private final PostgresFiles files;
    private final PostgresPrograms programs;
    private final PostgresServer server;
    private final CrashWatch watch;
    private final int port;
    private final Consumer<String> progress;

    private EmbeddedDatabase(PostgresFiles files, PostgresPrograms programs, int port, Consumer<String> progress) {
        this.files = files;
        this.programs = programs;
        this.server = new PostgresServer(files, programs, new Ports.Port("DATABASE_PORT", HOST, port));
        this.watch = new CrashWatch(server);
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
        requireOwn();
        server.stopOrphan(progress);
        server.requireFreePort();
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
        server.start();
        watch.start();
    }

    // A database that was once started as root belongs to root, and says nothing but that access is denied.
    private void requireOwn() throws IOException {
        if (Files.exists(files.data()) && !Files.isExecutable(files.data())) {
            throw new StartException("The database in " + files.data() + " belongs to user "
                    + Files.getOwner(files.data()).getName() + ". Run the platform as that user, or give it the"
                    + " directory: chown -R " + System.getProperty("user.name") + " "
                    + files.data().getParent());
        }
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
            throw new StartException("The database in " + unfinished + " cannot be made: " + outcome.reason());
        }
        setPassword(unfinished, files.password().orElseGet(PostgresFiles::newPassword), "CREATE DATABASE " + DATABASE);
        Files.move(unfinished, files.data());
    }

    // Single-user mode needs no password, opens no port, and takes one statement a line.
    private void setPassword(Path data, String password, String... more) throws IOException {
        String statements = "ALTER ROLE " + USER + " PASSWORD '" + password + "'\n" + String.join("\n", more) + "\n";
        Outcome outcome = programs.runWith(statements, "postgres", "--single", "-D", data.toString(), USER);
        if (!outcome.ok() || outcome.output().contains("ERROR:")) {
            throw new StartException("The database in " + data + " cannot be prepared: " + outcome.reason());
        }
        files.savePassword(password);
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
        watch.close();
        server.stop();
    }
}
