package io.cloneplatform.cli.output;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Says on standard error how far something is that takes longer than two seconds: as a bar on a terminal,
 * elsewhere as a line every ten seconds.
 */
public final class Progress implements AutoCloseable {
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final long REDRAW_MS = 250;
    private static final int REDRAWS_A_LINE = 40;
    private static final int WIDTH = 30;

    private final String what;
    private final int all;
    private final PrintWriter err;
    private final boolean terminal;
    private final long start = System.nanoTime();
    private final AtomicInteger done = new AtomicInteger();
    private int drawn;
    private boolean closed;

    private Progress(String what, int all, PrintWriter err, boolean terminal) {
        this.what = what;
        this.all = all;
        this.err = err;
        this.terminal = terminal;
        Thread painter = new Thread(this::paint, "progress");
        painter.setDaemon(true);
        painter.start();
    }

    /** Of a number of equal steps; 0 when nobody knows how many. */
    public static Progress of(String what, int steps, PrintWriter err) {
        return new Progress(what, steps, err, Terminal.get().isPresent());
    }

    /** While one thing is done of which nobody knows how long it takes. */
    public static <T> T during(String what, PrintWriter err, Supplier<T> work) {
        Progress progress = of(what, 0, err);
        try {
            return work.get();
        } finally {
            progress.close();
        }
    }

    /** The same with a terminal or without, whatever this process has. */
    static Progress of(String what, int steps, PrintWriter err, boolean terminal) {
        return new Progress(what, steps, err, terminal);
    }

    /** One step more is done. */
    public void step() {
        done.incrementAndGet();
    }

    private synchronized void paint() {
        try {
            pause(QUIET.toMillis());
            while (!closed) {
                draw();
                pause(REDRAW_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause(long ms) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        for (long left = ms; left > 0 && !closed; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            wait(left);
        }
    }

    private void draw() {
        if (terminal) {
            err.print("\r" + bar());
            err.flush();
        } else if (drawn % REDRAWS_A_LINE == 0) {
            err.println(what + ": " + state());
            err.flush();
        }
        drawn++;
    }

    private String bar() {
        int filled = all == 0 ? 0 : Math.min(WIDTH, done.get() * WIDTH / all);
        return what + " [" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + state() + " ";
    }

    private String state() {
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        return (all == 0 ? "" : done.get() + " of " + all + ", ") + seconds + " s";
    }

    /** Ends it, and takes the bar away. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        if (terminal && drawn > 0) {
            err.print("\r" + " ".repeat(bar().length()) + "\r");
            err.flush();
        }
    }
}
