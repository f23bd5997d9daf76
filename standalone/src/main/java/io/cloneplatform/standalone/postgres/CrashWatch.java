package io.cloneplatform.standalone.postgres;

import io.cloneplatform.common.launch.StartException;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the server again when it crashed or was killed, as a service manager would. One that somebody stopped in order
 * stays stopped until somebody starts it.
 */
final class CrashWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CrashWatch.class);
    private static final long PERIOD_MS = 500;
    private static final long STOP_LIMIT_SECONDS = 30;

    private final PostgresServer server;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(CrashWatch::thread);
    private ScheduledFuture<?> looks;
    private String said = "";

    CrashWatch(PostgresServer server) {
        this.server = server;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "postgres-watch");
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        looks = timer.scheduleWithFixedDelay(this::look, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (server.crashed()) {
                LOG.warn("PostgreSQL ended without being stopped; starting it again");
                server.startAgain();
                LOG.info("PostgreSQL runs again");
            }
            said = "";
        } catch (IOException | StartException e) {
            // The processes of the crashed server may need a moment to end; after that, once is enough.
            String reason = String.valueOf(e.getMessage());
            if (!reason.equals(said)) {
                LOG.warn("PostgreSQL does not start again: {}", reason);
            }
            said = reason;
        }
    }

    /** Stops watching; waits for a start that is under way. */
    @Override
    public void close() {
        if (looks != null) {
            looks.cancel(false);
        }
        timer.shutdown();
        try {
            if (!timer.awaitTermination(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("PostgreSQL is still being started");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
