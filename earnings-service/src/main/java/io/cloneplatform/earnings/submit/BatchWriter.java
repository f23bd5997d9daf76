package io.cloneplatform.earnings.submit;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.config.MoneyRules;
import io.cloneplatform.common.db.DatabaseFaults;
import io.cloneplatform.common.idempotency.Writes;
import io.cloneplatform.earnings.submit.BatchStore.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches of submissions and answers each of them. A fault that may pass is tried again while somebody waits; any
 * other halves the batch until the submission at fault is alone with it.
 */
final class BatchWriter {
    private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
    private static final long FIRST_PAUSE_MS = 10;
    private static final long LONGEST_PAUSE_MS = 200;

    private final Vertx vertx;
    private final Pool pool;
    private final LineStore lines;
    private final BatchStore batches = new BatchStore();
    private final Writes writes;
    private final MoneyRules rules;
    private final CommissionSplit split;

    BatchWriter(Vertx vertx, Pool pool, LineStore lines, Writes writes, MoneyRules rules, CommissionSplit split) {
        this.vertx = vertx;
        this.pool = pool;
        this.lines = lines;
        this.writes = writes;
        this.rules = rules;
        this.split = split;
    }

    /** How the writing of a batch stands: whether an outcome was lost, and how long to wait after the next fault. */
    private record Attempt(boolean again, long pauseMs) {
        static final Attempt FIRST = new Attempt(false, FIRST_PAUSE_MS);

        Attempt after(Throwable fault) {
            return new Attempt(again || DatabaseFaults.outcomeUnknown(fault), Math.min(LONGEST_PAUSE_MS, 2 * pauseMs));
        }
    }

    /** Writes submissions, each idempotency key at most once. Completes when each is answered; never fails. */
    Future<Void> write(List<PendingSubmission> submissions) {
        return write(submissions, Attempt.FIRST);
    }

    private Future<Void> write(List<PendingSubmission> submissions, Attempt attempt) {
        List<UUID> members =
                submissions.stream().map(PendingSubmission::member).distinct().toList();
        return lines.findAll(pool, members)
                .transform(found -> found.succeeded()
                        ? post(withoutStrangers(submissions, found.result()), found.result(), attempt)
                        : mend(submissions, attempt, found.cause()));
    }

    private List<PendingSubmission> withoutStrangers(List<PendingSubmission> submissions, Map<UUID, Line> found) {
        submissions.stream()
                .filter(submission -> !found.containsKey(submission.member()))
                .forEach(this::refuseStranger);
        return submissions.stream()
                .filter(submission -> found.containsKey(submission.member()))
                .toList();
    }

    private Future<Void> post(List<PendingSubmission> submissions, Map<UUID, Line> found, Attempt attempt) {
        if (submissions.isEmpty()) {
            return Future.succeededFuture();
        }
        CreditedBatch batch = new CreditedBatch(submissions.stream()
                .map(submission -> item(submission, found.get(submission.member())))
                .toList());
        return batches.post(pool, batch, rules.dailyCreditCap(), attempt.again())
                .transform(outcomes -> outcomes.succeeded()
                        ? answer(submissions, outcomes.result())
                        : mend(submissions, attempt, outcomes.cause()));
    }

    private CreditedBatch.Item item(PendingSubmission submission, Line line) {
        long value = submission.value().minor();
        return new CreditedBatch.Item(
                submission,
                line,
                Credit.of(submission.id(), line, submission.value(), split),
                value <= rules.reviewThreshold() && value <= rules.dailyCreditCap());
    }

    // Under a key, the refusal is kept as any other first answer.
    private void refuseStranger(PendingSubmission submission) {
        writes.run(
                        submission.request(),
                        tx -> Future.succeededFuture(
                                Reply.refuse(ErrorCode.UNAUTHENTICATED, "This account no longer exists")))
                .onComplete(submission.reply());
    }

    private Future<Void> answer(List<PendingSubmission> submissions, List<Outcome> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            answer(submissions.get(i), outcomes.get(i));
        }
        return Future.succeededFuture();
    }

    private void answer(PendingSubmission submission, Outcome outcome) {
        if (outcome.known()) {
            writes.replay(submission.key()).onComplete(submission.reply());
        } else {
            submission.reply().complete(new Reply.Done(outcome.answer().getBytes(StandardCharsets.UTF_8), false));
        }
    }

    private Future<Void> mend(List<PendingSubmission> submissions, Attempt attempt, Throwable fault) {
        if (DatabaseFaults.mayPass(fault)) {
            return tryAgain(submissions, attempt, fault);
        }
        if (submissions.size() == 1) {
            submissions.get(0).reply().fail(fault);
            return Future.succeededFuture();
        }
        LOG.warn("A batch of {} submissions is halved: {}", submissions.size(), fault.toString());
        int half = submissions.size() / 2;
        return write(submissions.subList(0, half), attempt)
                .compose(done -> write(submissions.subList(half, submissions.size()), attempt));
    }

    private Future<Void> tryAgain(List<PendingSubmission> submissions, Attempt attempt, Throwable fault) {
        long next = System.currentTimeMillis() + attempt.pauseMs();
        List<PendingSubmission> patient = new ArrayList<>();
        for (PendingSubmission submission : submissions) {
            if (submission.lateAt(next)) {
                submission.reply().fail(fault);
            } else {
                patient.add(submission);
            }
        }
        return patient.isEmpty()
                ? Future.succeededFuture()
                : vertx.timer(attempt.pauseMs()).compose(waited -> write(patient, attempt.after(fault)));
    }
}
