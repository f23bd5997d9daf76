package io.cloneplatform.earnings.verify;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.earnings.verify.VerifyLedger.Answer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An admin asks whether the books balance. Where proving them takes longer than a request may, the proof goes on without
 * the request, and what it found waits an hour for whoever asks next: to ask again is enough.
 */
public final class AskVerification {
    private static final Logger LOG = LoggerFactory.getLogger(AskVerification.class);

    /** Less than the gateway waits. */
    private static final long PATIENCE_MS = 50_000;

    private static final long PAUSE_MS = 200;

    private static final Reply NOT_YET = Reply.refuse(
            ErrorCode.LEDGER_BEING_VERIFIED,
            "The books are being verified, which takes longer here than a request may. Ask again, or run"
                    + " ./clonectl ledger verify, which waits");

    private final Vertx vertx;
    private final Pool pool;
    private final VerifyLedger verify;
    private final long patienceMs;
    private final VerificationStore store = new VerificationStore();

    public AskVerification(Vertx vertx, Pool pool, VerifyLedger verify) {
        this(vertx, pool, verify, PATIENCE_MS);
    }

    AskVerification(Vertx vertx, Pool pool, VerifyLedger verify, long patienceMs) {
        this.vertx = vertx;
        this.pool = pool;
        this.verify = verify;
        this.patienceMs = patienceMs;
    }

    /** What a verification found that nobody was told yet; otherwise a new one, or the wait for the one going on. */
    public Future<Reply> ask(Request request) {
        return ask(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs));
    }

    private Future<Reply> ask(long until) {
        return verify.answersAtAll()
                .compose(answers -> store.takeReport(pool))
                .compose(report ->
                        report.isPresent() ? Future.succeededFuture(Reply.okJson(report.get())) : verified(until));
    }

    private Future<Reply> verified(long until) {
        Promise<Optional<Reply>> answered = Promise.promise();
        long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()));
        long timer = vertx.setTimer(left, late -> answered.tryComplete(Optional.of(NOT_YET)));
        verify.run().onComplete(found -> {
            vertx.cancelTimer(timer);
            if (found.failed()) {
                failed(answered, found.cause());
            } else if (!answered.tryComplete(found.result().map(Reply::ok))) {
                found.result().ifPresent(this::keep);
            }
        });
        return answered.future()
                .compose(reply -> reply.map(Future::succeededFuture).orElseGet(() -> again(until)));
    }

    private static void failed(Promise<Optional<Reply>> answered, Throwable failure) {
        if (!answered.tryFail(failure)) {
            LOG.warn("The books were not verified: {}", failure.toString());
        }
    }

    private void keep(Answer answer) {
        store.keepReport(pool, Json.text(answer))
                .onFailure(failure -> LOG.warn("What a verification found was lost: {}", failure.toString()));
    }

    // Another process verifies, or another request here: its answer is not for everybody.
    private Future<Reply> again(long until) {
        return System.nanoTime() >= until
                ? Future.succeededFuture(NOT_YET)
                : vertx.timer(PAUSE_MS, TimeUnit.MILLISECONDS).compose(paused -> ask(until));
    }
}
