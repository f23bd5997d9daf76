package io.cloneplatform.common.batch;

import io.cloneplatform.common.db.DatabaseFaults;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
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

    // What is said after the deadline is not heard: the caller is told that the outcome is unknown when it is known.
    private static final long LAST_WORD_MS = 300;

    private final Vertx vertx;
    private final BatchStatement<I, R> statement;

    PatientBatch(Vertx vertx, BatchStatement<I, R> statement) {
        this.vertx = vertx;
        this.statement = statement;
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
                .recover(fault -> mend(
                        batch.stream().filter(waiting -> !waiting.answered()).toList(), attempt, fault));
    }

    private Future<Void> mend(List<Waiting<I, R>> batch, Attempt attempt, Throwable fault) {
        if (DatabaseFaults.mayPass(fault)) {
            return tryAgain(batch, attempt, fault);
        }
        if (batch.size() <= 1) {
            batch.forEach(waiting -> waiting.answer().fail(fault));
            return Future.succeededFuture();
        }
        LOG.warn("A batch of {} is halved: {}", batch.size(), fault.toString());
        int half = batch.size() / 2;
        return write(batch.subList(0, half), attempt)
                .compose(done -> write(batch.subList(half, batch.size()), attempt));
    }

    private Future<Void> tryAgain(List<Waiting<I, R>> batch, Attempt attempt, Throwable fault) {
        long next = System.currentTimeMillis() + attempt.pauseMs();
        List<Waiting<I, R>> patient = new ArrayList<>();
        for (Waiting<I, R> waiting : batch) {
            if (waiting.lateAt(next + LAST_WORD_MS)) {
                waiting.answer().fail(fault);
            } else {
                patient.add(waiting);
            }
        }
        return patient.isEmpty()
                ? Future.succeededFuture()
                : vertx.timer(attempt.pauseMs()).compose(waited -> write(patient, attempt.after(fault)));
    }
}
