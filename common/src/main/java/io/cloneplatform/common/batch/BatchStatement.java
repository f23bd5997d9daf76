package io.cloneplatform.common.batch;

import io.vertx.core.Future;
import java.util.List;

/** Writes a batch with one statement. */
@FunctionalInterface
public interface BatchStatement<I, R> {
    /**
     * Writes all items or, when it fails, none of them.
     *
     * @param batch each key at most once; what is answered by this, also when it fails then, is not written again
     * @param again whether the batch may have been written before, by a call whose outcome was lost
     */
    Future<Void> write(List<Waiting<I, R>> batch, boolean again);
}
