package io.cloneplatform.benchmarks.stage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Everything a run has started, stopped in reverse order however the run ends: by its end, by a failure or by Ctrl-C.
 * Once closing has begun nothing more is started.
 */
public final class Closer implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closing;

    /** A closer that the end of this process closes too. */
    public static Closer untilExit() {
        Closer closer = new Closer();
        Runtime.getRuntime().addShutdownHook(new Thread(closer::close, "stop-everything"));
        return closer;
    }

    /** Starts something and keeps it until it is released or everything is closed. */
    public synchronized <T extends AutoCloseable> T keep(Supplier<T> start) {
        if (closing) {
            throw new IllegalStateException("the run is being stopped");
        }
        T started = start.get();
        open.push(started);
        return started;
    }

    /** Closes one of them before the others. */
    public synchronized void release(AutoCloseable part) {
        if (open.remove(part)) {
            close(part);
        }
    }

    /** Whether the run is being stopped: failures are its consequence then. */
    public synchronized boolean closing() {
        return closing;
    }

    @Override
    public synchronized void close() {
        closing = true;
        while (!open.isEmpty()) {
            close(open.pop());
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.err.println(part + " did not stop cleanly: " + e);
        }
    }
}
