package io.cloneplatform.common.batch;

import io.cloneplatform.common.db.DatabaseFaults;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches in spite of faults: one that may pass is tried again while somebody waits; any other halves the batch
 * until the item at fault is alone with it.
 */
final class PatientBatch<I, R> {
    private static final Logger LOG = LoggerFactory.getLogger(PatientBatch.class);
    private static final long FIRST_PAUSE_MS = 10;
    private static final long LONGEST_PAUSE_MS = 200;

    private final Vertx vertx;
    private final BatchStatement<I, R> statement;
    private final Outage<I, R> outage;

    PatientBatch(Vertx vertx, BatchStatement<I, R> statement, Outage<I, R> outage) {
        this.vertx = vertx;
        this.statement = statement;
        this.outage = outage;
    }

    /** How the writing of a batch stands: whether an outcome was lost, and how long to wait after the next fault. */
    private record Attempt(boolean again, long pauseMs) {
        static final Attempt FIRST = new Attempt(false, FIRST_PAUSE_MS);

        Attempt after(Throwable fault) {
            return new Attempt(again || DatabaseFaults.outcomeUnknown(fault), Math.min(LONGEST_PAUSE_MS, 2 * pauseMs));
        }
    }

    /** Completes when each item is answered; never fails. */
    Future<Void> write(List<Waiting<I, R>> batch) {
        return write(batch, Attempt.FIRST);
    }

    private Future<Void> write(List<Waiting<I, R>> batch, Attempt attempt) {
        return statement
                .write(batch, attempt.again())
                .onSuccess(written -> outage.over())
                .recover(fault -> mend(unanswered(batch), attempt, fault));
    }

    private static <I, R> List<Waiting<I, R>> unanswered(List<Waiting<I, R>> batch) {
        return batch.stream().filter(waiting -> !waiting.answered()).toList();
    }

    private Future<Void> mend(List<Waiting<I, R>> batch, Attempt attempt, Throwable fault) {
        if (DatabaseFaults.mayPass(fault)) {
            return tryAgain(batch, attempt, fault);
        }
        if (batch.size() <= 1) {
            batch.forEach(waiting -> waiting.answer().tryFail(fault));
            return Future.succeededFuture();
        }
        LOG.warn("A batch of {} is halved: {}", batch.size(), fault.toString());
        int half = batch.size() / 2;
        return writeInTime(batch.subList(0, half), attempt)
                .compose(done -> writeInTime(batch.subList(half, batch.size()), attempt));
    }

    // The fault, or the half before, may have taken all the time that somebody had: such an item is not written
    // for nobody, and does not take the time of the rest.
    private Future<Void> writeInTime(List<Waiting<I, R>> batch, Attempt attempt) {
        List<Waiting<I, R>> patient = patient(
                batch, System.currentTimeMillis(), waiting -> waiting.answer().tryFail(new TooLate()));
        return patient.isEmpty() ? Future.succeededFuture() : write(patient, attempt);
    }

    private Future<Void> tryAgain(List<Waiting<I, R>> batch, Attempt attempt, Throwable fault) {
        long next = System.currentTimeMillis() + attempt.pauseMs();
        List<Waiting<I, R>> patient =
                patient(batch, next, waiting -> waiting.answer().tryFail(fault));
        if (patient.isEmpty()) {
            return Future.succeededFuture();
        }
        outage.goesOn(patient, fault);
        return vertx.timer(attempt.pauseMs())
                .map(waited -> unanswered(patient))
                .compose(left -> left.isEmpty() ? Future.succeededFuture() : write(left, attempt.after(fault)));
    }

    private static <I, R> List<Waiting<I, R>> patient(
            List<Waiting<I, R>> batch, long nextMs, Consumer<Waiting<I, R>> refuse) {
        List<Waiting<I, R>> patient = new ArrayList<>();
        for (Waiting<I, R> waiting : batch) {
            if (waiting.lateAt(nextMs + Outage.LAST_WORD_MS)) {
                refuse.accept(waiting);
            } else {
                patient.add(waiting);
            }
        }
        return patient;
    }
}
