package io.cloneplatform.common.trace;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;

/** The trace of whoever asks, taken along to where the work of several is done together. */
public final class Carried {
    private static final Carried NOTHING = new Carried(null);

    private final Runnable attach; // null where nothing is traced

    private Carried(Runnable attach) {
        this.attach = attach;
    }

    /** The trace of what is being done on this thread. */
    public static Carried from(Vertx vertx) {
        return ((VertxInternal) vertx).tracer() == null ? NOTHING : new Carried(Spans.here());
    }

    /** Works on a context, which the caller is on, as part of this trace. */
    public void work(Context context, Runnable work) {
        if (attach == null) {
            work.run();
        } else {
            ((ContextInternal) context).duplicate().runOnContext(ignored -> {
                attach.run();
                work.run();
            });
        }
    }
}
