package io.cloneplatform.benchmarks.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs programs to their end; stopping the run ends the one that is running. */
public final class Programs {
    private static final int SHOWN_LINES = 20;

    private final Closer closer;

    public Programs(Closer closer) {
        this.closer = closer;
    }

    /** A program that is running. */
    private record Running(Process process) implements AutoCloseable {
        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /**
     * What a program wrote.
     *
     * @param environment set besides what is inherited
     * @throws IllegalStateException with what it wrote, when it fails
     */
    public String run(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Running running = closer.keep(() -> start(builder));
        try {
            String output = new String(running.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = running.process().waitFor();
            if (exit != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + exit + ":\n"
                        + output.lines().limit(SHOWN_LINES).collect(Collectors.joining("\n")));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            closer.release(running);
        }
    }

    private static Running start(ProcessBuilder builder) {
        try {
            return new Running(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
