package io.cloneplatform.earnings.review;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.earnings.ledger.Ledger;
import io.cloneplatform.earnings.review.ReviewStore.Locked;
import io.cloneplatform.earnings.submit.Commission;
import io.cloneplatform.earnings.submit.CommissionSplit;
import io.cloneplatform.earnings.submit.Credit;
import io.cloneplatform.earnings.submit.Line;
import io.cloneplatform.earnings.submit.LineStore;
import io.cloneplatform.earnings.submit.Product;
import io.cloneplatform.earnings.submit.SubmissionStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * An admin decides about a waiting submission. Approving credits exactly what submitting would have credited; the daily
 * cap does not apply, because an admin has looked. However many admins press at once, there is one outcome.
 */
public final class ReviewSubmission {
    private static final int MAX_REASON = 500;

    private final ReviewStore reviews;
    private final LineStore lines;
    private final SubmissionStore submissions;
    private final Ledger ledger;
    private final CommissionSplit split;

    public ReviewSubmission(
            ReviewStore reviews, LineStore lines, SubmissionStore submissions, Ledger ledger, CommissionSplit split) {
        this.reviews = reviews;
        this.lines = lines;
        this.submissions = submissions;
        this.ledger = ledger;
        this.split = split;
    }

    private record Rejection(String reason) {}

    private record Credited(String status, Money userEarned, List<Commission> commissions, String reviewedAt) {}

    private record Answer(Submission submission, String message) {}

    /** Credits a waiting submission. */
    public Future<Reply> approve(SqlConnection tx, Request request) {
        return decide(tx, request, waiting -> lines.find(
                        tx, UUID.fromString(waiting.document().path("userId").asText()))
                .compose(line -> line.isEmpty()
                        ? refuse("The member of this submission no longer exists")
                        : credit(tx, waiting, line.orElseThrow())));
    }

    private Future<Reply> credit(SqlConnection tx, Locked waiting, Line line) {
        Money value = Money.ofMajor(waiting.document().path("value").decimalValue());
        UUID id = UUID.fromString(waiting.document().path("id").asText());
        Credit credit = Credit.of(id, line, value, split);
        Credited fields = new Credited(Product.CREDITED, credit.own(), credit.cascade(), Instants.iso(Instant.now()));
        return ledger.post(tx, credit.transfer())
                .compose(posted -> submissions.share(tx, line, credit))
                .compose(shared -> reviews.change(tx, waiting.key(), fields))
                .map(document -> answer(document, "Submission approved."));
    }

    /** Closes a waiting submission without crediting it. */
    public Future<Reply> reject(SqlConnection tx, Request request) {
        String reason = request.body(Rejection.class).reason();
        if (reason != null && reason.codePointCount(0, reason.length()) > MAX_REASON) {
            return Future.succeededFuture(Reply.invalid("reason", "must have at most 500 characters"));
        }
        var fields = Json.object()
                .put("status", Product.REJECTED)
                .put("rejectionReason", reason)
                .put("reviewedAt", Instants.iso(Instant.now()));
        return decide(tx, request, waiting -> reviews.change(tx, waiting.key(), fields)
                .map(document -> answer(document, "Submission rejected.")));
    }

    private Future<Reply> decide(SqlConnection tx, Request request, Function<Locked, Future<Reply>> decision) {
        Optional<UUID> id = Ids.parse(request.param("id"));
        return id.isEmpty()
                ? notFound()
                : reviews.lock(tx, id.orElseThrow())
                        .compose(found -> found.isEmpty() ? notFound() : ifWaiting(found.orElseThrow(), decision));
    }

    private static Future<Reply> ifWaiting(Locked found, Function<Locked, Future<Reply>> decision) {
        String status = found.document().path("status").asText();
        return status.equals(Product.PENDING)
                ? decision.apply(found)
                : refuse("This submission is " + status + "; only one that is pending_review can be reviewed");
    }

    private static Future<Reply> notFound() {
        return Future.succeededFuture(Reply.notFound("Submission"));
    }

    private static Future<Reply> refuse(String sentence) {
        return Future.succeededFuture(Reply.refuse(ErrorCode.WRONG_STATE, sentence));
    }

    private static Reply answer(JsonNode document, String message) {
        return Reply.ok(new Answer(Submission.of(document), message));
    }
}
