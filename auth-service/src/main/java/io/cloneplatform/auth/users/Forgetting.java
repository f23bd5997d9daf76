package io.cloneplatform.auth.users;

import io.cloneplatform.common.launch.Chore;
import io.cloneplatform.common.launch.Node;
import io.vertx.core.Future;

/** Forgets what is left of members who have gone: once a second, one member and a bounded number of documents at a time. */
public final class Forgetting {
    private static final long PAUSE_MS = 1_000;
    private static final long AT_ONCE_MS = 1;

    private final Node node;
    private final DeletionStore store = new DeletionStore();

    public Forgetting(Node node) {
        this.node = node;
    }

    /** Goes on for as long as the process lives. */
    public void start() {
        Chore.again(node, PAUSE_MS, "Members who left were not wholly forgotten", this::round);
    }

    private Future<Long> round() {
        return store.forgetNext(node.pool()).map(found -> found ? AT_ONCE_MS : PAUSE_MS);
    }
}
