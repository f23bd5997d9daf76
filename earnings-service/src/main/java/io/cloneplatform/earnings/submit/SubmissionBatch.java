package io.cloneplatform.earnings.submit;

import io.cloneplatform.common.batch.BatchStatement;
import io.cloneplatform.common.batch.Waiting;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.config.MoneyRules;
import io.cloneplatform.common.idempotency.Writes;
import io.cloneplatform.earnings.submit.BatchStore.Outcome;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes a batch of submissions and answers each of them. */
public final class SubmissionBatch implements BatchStatement<PendingSubmission, Reply> {
    private final Pool pool;
    private final LineStore lines;
    private final BatchStore batches = new BatchStore();
    private final Writes writes;
    private final MoneyRules rules;
    private final CommissionSplit split;

    public SubmissionBatch(Pool pool, LineStore lines, Writes writes, MoneyRules rules, CommissionSplit split) {
        this.pool = pool;
        this.lines = lines;
        this.writes = writes;
        this.rules = rules;
        this.split = split;
    }

    @Override
    public Future<Void> write(List<Waiting<PendingSubmission, Reply>> batch, boolean again) {
        List<UUID> members = batch.stream()
                .map(waiting -> waiting.item().member())
                .distinct()
                .toList();
        return lines.findAll(pool, members).compose(found -> post(withoutStrangers(batch, found), found, again));
    }

    private List<Waiting<PendingSubmission, Reply>> withoutStrangers(
            List<Waiting<PendingSubmission, Reply>> batch, Map<UUID, Line> found) {
        batch.stream()
                .filter(waiting -> !found.containsKey(waiting.item().member()))
                .forEach(this::refuseStranger);
        return batch.stream()
                .filter(waiting -> found.containsKey(waiting.item().member()))
                .toList();
    }

    private Future<Void> post(List<Waiting<PendingSubmission, Reply>> batch, Map<UUID, Line> found, boolean again) {
        if (batch.isEmpty()) {
            return Future.succeededFuture();
        }
        CreditedBatch credited = new CreditedBatch(batch.stream()
                .map(waiting -> item(waiting.item(), found.get(waiting.item().member())))
                .toList());
        return batches.post(pool, credited, rules.dailyCreditCap(), again).map(outcomes -> {
            for (int i = 0; i < outcomes.size(); i++) {
                answer(batch.get(i), outcomes.get(i));
            }
            return null;
        });
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
    private void refuseStranger(Waiting<PendingSubmission, Reply> stranger) {
        writes.run(
                        stranger.item().request(),
                        tx -> Future.succeededFuture(
                                Reply.refuse(ErrorCode.UNAUTHENTICATED, "This account no longer exists")))
                .onComplete(stranger.answer()::tryComplete, stranger.answer()::tryFail);
    }

    private void answer(Waiting<PendingSubmission, Reply> waiting, Outcome outcome) {
        if (outcome.known()) {
            writes.replay(waiting.item().key()).onComplete(waiting.answer()::tryComplete, waiting.answer()::tryFail);
        } else {
            waiting.answer().tryComplete(new Reply.Done(outcome.answer().getBytes(StandardCharsets.UTF_8), false));
        }
    }
}
