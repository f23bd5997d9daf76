package io.cloneplatform.auth.session;

import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.launch.Chore;
import io.cloneplatform.common.launch.Node;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Forgets, once an hour and a bounded number at a time, revocations and sessions that no token can name any more. */
public final class SessionSweep {
    private static final long PERIOD_MS = TimeUnit.HOURS.toMillis(1);
    private static final Duration SHORTEST_LIFE = Duration.ofDays(30);

    private final Node node;
    private final SessionStore store = new SessionStore();

    public SessionSweep(Node node) {
        this.node = node;
    }

    /** Starts sweeping for as long as the process lives. */
    public void start() {
        Chore.every(node, PERIOD_MS, "Old sessions were not removed", this::sweep);
    }

    private Future<Void> sweep() {
        return store.sweepRevocations(node.pool())
                .compose(done ->
                        store.sweepExpired(node.pool(), keyOf(Instant.now().minus(SHORTEST_LIFE))));
    }

    // The first 48 bits of a session's id are the millisecond in which it was opened.
    static String keyOf(Instant openedAt) {
        return Keys.session(new UUID(openedAt.toEpochMilli() << 16, 0));
    }
}
