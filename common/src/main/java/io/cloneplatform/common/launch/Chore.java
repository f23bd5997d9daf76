package io.cloneplatform.common.launch;

import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that comes again and again while a process serves: one round at a time, none once the process is about to stop,
 * and the stop waits for the one under way.
 */
public final class Chore {
    private static final Logger LOG = LoggerFactory.getLogger(Chore.class);

    private final Node node;
    private final String complaint;
    private final Supplier<Future<Long>> round;
    private final AtomicBoolean underWay = new AtomicBoolean();

    private Chore(Node node, String complaint, Supplier<Future<Long>> round) {
        this.node = node;
        this.complaint = complaint;
        this.round = round;
    }

    /** A round after each pause; what one that failed leaves undone is said in a sentence of the log. */
    public static void every(Node node, long pauseMs, String complaint, Supplier<? extends Future<?>> round) {
        again(node, pauseMs, complaint, () -> round.get().map(done -> pauseMs));
    }

    /** A round after the pause, and then after the pause that the round before it asked for. */
    public static void again(Node node, long pauseMs, String complaint, Supplier<Future<Long>> round) {
        Chore chore = new Chore(node, complaint, round);
        node.departure().lastWork(() -> !chore.underWay.get());
        chore.after(pauseMs);
    }

    private void after(long pauseMs) {
        node.vertx().setTimer(pauseMs, timer -> {
            underWay.set(true);
            if (node.departure().begun()) {
                underWay.set(false);
                return;
            }
            Future.succeededFuture()
                    .compose(begun -> round.get())
                    .onFailure(failure -> LOG.warn("{}: {}", complaint, failure.toString()))
                    .otherwise(pauseMs)
                    .onSuccess(next -> {
                        underWay.set(false);
                        after(next);
                    });
        });
    }
}
