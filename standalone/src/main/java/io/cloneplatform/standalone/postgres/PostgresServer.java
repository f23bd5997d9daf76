package io.cloneplatform.standalone.postgres;

import io.cloneplatform.common.launch.Ports;
import io.cloneplatform.common.launch.StartException;
import io.cloneplatform.standalone.postgres.PostgresPrograms.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The server process on the database's files. Blocks. */
final class PostgresServer {
    private static final String START_LIMIT_SECONDS = "120";
    private static final String STOP_LIMIT_SECONDS = "20";
    private static final long LITTLE_SPACE = 16L << 20;

    private final PostgresFiles files;
    private final PostgresPrograms programs;
    private final Ports.Port port;

    PostgresServer(PostgresFiles files, PostgresPrograms programs, Ports.Port port) {
        this.files = files;
        this.programs = programs;
        this.port = port;
    }

    void requireFreePort() {
        Ports.requireFree(port);
    }

    /**
     * Starts it and returns when it takes connections.
     *
     * @throws StartException saying why it does not; it is not running then
     */
    void start() throws IOException {
        try {
            launch();
        } catch (StartException e) {
            stop("immediate");
            throw e;
        }
    }

    /** Starts it again after a crash; one that needs longer is left to it. */
    void startAgain() throws IOException {
        forgetOtherProcess();
        launch();
    }

    private void launch() throws IOException {
        files.prepareStart(port.number());
        Outcome outcome = programs.run(
                "pg_ctl", "start", "-D", data(), "-l", files.log().toString(), "-w", "-t", START_LIMIT_SECONDS, "-s");
        if (!outcome.ok()) {
            String log = Files.exists(files.log()) ? Files.readString(files.log()) : "";
            throw log.contains("Address already in use")
                    ? Ports.inUse(port)
                    : new StartException("PostgreSQL does not start; its log is " + files.log() + ":\n"
                            + outcome.output() + "\n" + log.strip() + space());
        }
    }

    private String space() throws IOException {
        long left = Files.getFileStore(files.data()).getUsableSpace();
        return left < LITTLE_SPACE ? "\nThe disk of " + files.data() + " is full: " + left + " bytes are left." : "";
    }

    /** Whether it ended without having been stopped: it left the file that names its process. */
    boolean crashed() throws IOException {
        Optional<Long> pid = files.pid();
        return pid.isPresent() && !runs(pid.orElseThrow());
    }

    /** Stops the server that a killed platform left running: its writes are complete, its port is not free. */
    void stopOrphan(Consumer<String> progress) throws IOException {
        forgetOtherProcess();
        Optional<Long> pid = files.pid();
        if (pid.isEmpty() || !runs(pid.orElseThrow())) {
            return;
        }
        progress.accept(
                "Stopping PostgreSQL (process " + pid.orElseThrow() + "), which a killed platform left running");
        if (!stop("fast") && !stop("immediate")) {
            throw new StartException("PostgreSQL (process " + pid.orElseThrow() + ") still runs on " + files.data()
                    + " and cannot be stopped. Stop that process, then start again.");
        }
    }

    // What names no process, or a process that is something else by now, would keep PostgreSQL from starting.
    private void forgetOtherProcess() throws IOException {
        Optional<Long> pid = files.pid();
        boolean taken = pid.flatMap(ProcessHandle::of).isPresent() && !runs(pid.orElseThrow());
        if (pid.isEmpty() || taken) {
            Files.deleteIfExists(files.pidFile());
        }
    }

    private boolean runs(long pid) throws IOException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return process.isPresent() && !isAnotherProgram(process.orElseThrow());
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

    /** Stops it if it runs; connections that are still open are ended. */
    void stop() {
        if (Files.exists(files.pidFile()) && !stop("fast")) {
            stop("immediate");
        }
    }

    private boolean stop(String mode) {
        return programs.run("pg_ctl", "stop", "-D", data(), "-m", mode, "-w", "-t", STOP_LIMIT_SECONDS, "-s")
                .ok();
    }

    private String data() {
        return files.data().toString();
    }
}
