package io.cloneplatform.common.launch;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How a process stops without anybody noticing: it says that it wants no more work, gives others the time to hear it, and
 * finishes what is under way. Its parts add their steps when they are deployed.
 */
public final class Departure {
    private static final long LOOK_AGAIN_MS = 20;

    private final Vertx vertx;
    private final long noticeMs;
    private final List<Supplier<Future<Void>>> notices = new CopyOnWriteArrayList<>();
    private final List<Supplier<Future<Void>>> lastWork = new CopyOnWriteArrayList<>();
    private volatile boolean begun;

    Departure(Vertx vertx, long noticeMs) {
        this.vertx = vertx;
        this.noticeMs = noticeMs;
    }

    /** Adds a way to say that no more work is wanted. */
    public void notice(Supplier<Future<Void>> notice) {
        notices.add(notice);
    }

    /** Adds something to be finished after everybody had time to hear. */
    public void lastWork(Supplier<Future<Void>> work) {
        lastWork.add(work);
    }

    /** Adds something that is finished when the condition holds. */
    public void lastWork(BooleanSupplier finished) {
        lastWork.add(() -> until(finished));
    }

    private Future<Void> until(BooleanSupplier finished) {
        return finished.getAsBoolean()
                ? Future.succeededFuture()
                : vertx.timer(LOOK_AGAIN_MS).compose(elapsed -> until(finished));
    }

    /** Whether the process is about to stop. */
    public boolean begun() {
        return begun;
    }

    /** Says so, waits, and completes when nothing is under way any more. The caller bounds the wait. */
    Future<Void> begin() {
        begun = true;
        return Future.join(notices.stream().map(Supplier::get).toList())
                .otherwiseEmpty()
                .compose(said -> noticeMs == 0 ? Future.succeededFuture() : vertx.timer(noticeMs))
                .compose(heard ->
                        Future.join(lastWork.stream().map(Supplier::get).toList()))
                .mapEmpty();
    }
}
