package io.cloneplatform.premium.refresh;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.concurrent.TimeUnit;

/** An admin has the premium read model rebuilt, in batches that are transactions of their own. */
public final class RefreshReadModel {
    private final Pool pool;
    private final ReadModelStore store;

    public RefreshReadModel(Pool pool, ReadModelStore store) {
        this.pool = pool;
        this.store = store;
    }

    /**
     * What the refresh did.
     *
     * @param refreshed open assignments that were read
     * @param tookMs milliseconds
     */
    public record Refreshed(int refreshed, long tookMs) {}

    /** Rebuilds everything; doing so twice changes nothing. */
    public Future<Refreshed> refresh(Request request) {
        long start = System.nanoTime();
        return refresh(ReadModelStore.START, 0)
                .map(open -> new Refreshed(open, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)));
    }

    private Future<Integer> refresh(String after, int before) {
        return pool.withTransaction(tx -> store.refresh(tx, after))
                .compose(batch -> batch.last() == null
                        ? Future.succeededFuture(before + batch.open())
                        : refresh(batch.last(), before + batch.open()));
    }

    /** Answers what was done. */
    public Future<Reply> answer(SqlConnection tx, Request request, Refreshed refreshed) {
        return Future.succeededFuture(Reply.ok(refreshed));
    }
}
