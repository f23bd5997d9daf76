package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.SecretScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of the platform, running for real. It never outlives the test: closing kills it, and so does our own end. */
final class PlatformProcess implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final List<String> INHERITED = List.of("PATH", "HOME", "USER", "LANG", "TMPDIR", "JAVA_HOME");
    private static final long THREAD_DUMP_MS = 1_000;
    private static final int SIGINT_BIT = 1 << 1;
    private static final int SIGINT_EXIT = 130;
    private static final int SIGTERM_EXIT = 143;
    private static final Set<PlatformProcess> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(PlatformProcess::destroy), "kill-processes"));
    }

    private final Launch launch;
    private final Process process;
    private final Output output;

    private PlatformProcess(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
        this.output = new Output(process.getInputStream(), !launch.isShell());
        RUNNING.add(this);
    }

    static PlatformProcess start(Launch launch) {
        ProcessBuilder builder = new ProcessBuilder(launch.command())
                .directory(Repository.root().toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(INHERITED);
        environment.putAll(launch.settings());
        try {
            return new PlatformProcess(launch, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the management port says that it can serve; fails with the output when it ends before, or never can. */
    PlatformProcess awaitReady() {
        Waiting.until(READY_LIMIT, () -> "not ready: " + withThreads(), () -> {
            assertThat(process.isAlive()).as("alive: %s", this).isTrue();
            return ready();
        });
        return this;
    }

    // What it waits for is said by its threads alone.
    private String withThreads() {
        signal("QUIT");
        Waiting.pause(THREAD_DUMP_MS);
        return toString();
    }

    /** Whether the management port says that it can serve. */
    boolean ready() {
        try {
            return launch.management().get("/health/ready").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Ends it without giving it a chance, as a crash would. */
    void kill() {
        process.destroyForcibly();
        awaitExit(STOP_LIMIT);
    }

    /** Asks it to end (SIGTERM), and expects that it does so cleanly and in time. */
    void stop() {
        process.destroy();
        assertThat(awaitExit(STOP_LIMIT)).as("exit code of %s", this).isIn(0, SIGTERM_EXIT);
    }

    /** Presses Ctrl-C (SIGINT), and expects that it ends cleanly and in time. */
    void interrupt() {
        signal(ignoresInterrupts() ? "TERM" : "INT");
        assertThat(awaitExit(STOP_LIMIT)).as("exit code of %s", this).isIn(0, SIGINT_EXIT);
    }

    // What a shell without job control starts in the background, these tests and all below them, ignores Ctrl-C.
    private boolean ignoresInterrupts() {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGINT_BIT) != 0);
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends it a signal, named without SIG. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its exit code; fails when it still runs after the limit. */
    int awaitExit(Duration limit) {
        try {
            assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                    .as("ended within %s: %s", limit, this)
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Api api() {
        return launch.api();
    }

    Launch launch() {
        return launch;
    }

    /** What it wrote so far, both streams; of very much only the end. */
    String output() {
        return output.text();
    }

    /** What it wrote, all of it once it has ended. */
    String wholeOutput() {
        output.awaitEnd(STOP_LIMIT);
        return output.text();
    }

    @Override
    public void close() {
        destroy();
        SecretScan.complain();
    }

    private void destroy() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        RUNNING.remove(this);
    }

    @Override
    public String toString() {
        return String.join(" ", launch.command()) + ", which wrote:\n" + output();
    }
}
