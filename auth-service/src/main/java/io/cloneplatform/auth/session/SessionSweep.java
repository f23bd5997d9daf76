package io.cloneplatform.auth.session;

import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.launch.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets, once an hour and a bounded number at a time, revocations and sessions that no token can name any more. */
public final class SessionSweep {
    private static final Logger LOG = LoggerFactory.getLogger(SessionSweep.class);
    private static final long PERIOD_MS = TimeUnit.HOURS.toMillis(1);
    private static final Duration SHORTEST_LIFE = Duration.ofDays(30);

    private final Node node;
    private final SessionStore store = new SessionStore();

    public SessionSweep(Node node) {
        this.node = node;
    }

    /** Starts sweeping for as long as the process lives. */
    public void start() {
        node.vertx().setPeriodic(PERIOD_MS, timer -> sweep());
    }

    private void sweep() {
        store.sweepRevocations(node.pool())
                .compose(done ->
                        store.sweepExpired(node.pool(), keyOf(Instant.now().minus(SHORTEST_LIFE))))
                .onFailure(failure -> LOG.warn("Old sessions were not removed: {}", failure.toString()));
    }

    // The first 48 bits of a session's id are the millisecond in which it was opened.
    static String keyOf(Instant openedAt) {
        return Keys.session(new UUID(openedAt.toEpochMilli() << 16, 0));
    }
}
