package io.cloneplatform.cli.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Progress;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Failure;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** Has the books of a platform verified, and waits as long as that takes. */
public final class Verification {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final AdminApi api;
    private final PrintWriter err;

    public Verification(URI url, String key, PrintWriter err) {
        this.api = new AdminApi(url, key, LIMIT);
        this.err = err;
    }

    /** The answer of {@code /admin/ledger/verify}. */
    public JsonNode run() {
        return Progress.during("The books are being verified", err, this::ask);
    }

    // Large books take longer than one request may.
    private JsonNode ask() {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                return api.get("/admin/ledger/verify");
            } catch (Failure e) {
                if (!e.code().equals("LEDGER_BEING_VERIFIED") || Instant.now().isAfter(end)) {
                    throw e;
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of("INTERRUPTED", "Interrupted.");
        }
    }
}
