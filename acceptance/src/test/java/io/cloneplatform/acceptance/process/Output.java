package io.cloneplatform.acceptance.process;

import io.cloneplatform.acceptance.SecretScan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a process writes, read all the time so that it never blocks, and kept up to a limit. */
final class Output {
    private static final int MAX_LINES = 2_000;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Thread reader;
    private final boolean searched;

    /** What comes out of a stream; searched for secrets, unless it is what people type and read. */
    Output(InputStream stream, boolean searched) {
        this.searched = searched;
        reader = new Thread(() -> read(stream), "process-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream stream) {
        try (BufferedReader text = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(reading its output failed: " + e + ")");
        }
    }

    private synchronized void add(String line) {
        if (searched) {
            SecretScan.line("what a process wrote", line);
        }
        lines.add(line);
        if (lines.size() > MAX_LINES) {
            lines.remove();
        }
    }

    synchronized String text() {
        return String.join("\n", lines);
    }

    /** Waits until nobody can write any more. */
    void awaitEnd(Duration limit) {
        try {
            reader.join(limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
