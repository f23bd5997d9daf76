package io.cloneplatform.cli.backup;

import io.cloneplatform.cli.output.Terminal;
import io.cloneplatform.standalone.backup.Progress;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A line on the terminal for what takes longer than two seconds; nothing without a terminal. */
final class ProgressBar implements Consumer<Progress>, AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int WIDTH = 30;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final long startedAt = System.nanoTime();
    private long shownAt;
    private boolean shown;

    ProgressBar(PrintWriter err) {
        this.err = err;
        this.terminal = Terminal.get().isPresent();
    }

    @Override
    public synchronized void accept(Progress progress) {
        long now = System.nanoTime();
        if (terminal && now - startedAt > PATIENCE_NANOS && (!shown || now - shownAt > PAUSE_NANOS)) {
            shown = true;
            shownAt = now;
            err.print(CLEAR + line(progress));
            err.flush();
        }
    }

    /** The line without what moves the cursor. */
    static String line(Progress progress) {
        if (progress.total() <= 0) {
            return progress.step() + " ...";
        }
        int filled = progress.percent() * WIDTH / 100;
        return "%s [%s%s] %d %%"
                .formatted(progress.step(), "#".repeat(filled), ".".repeat(WIDTH - filled), progress.percent());
    }

    @Override
    public synchronized void close() {
        if (shown) {
            err.print(CLEAR);
            err.flush();
        }
    }
}
