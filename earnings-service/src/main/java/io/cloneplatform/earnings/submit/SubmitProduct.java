package io.cloneplatform.earnings.submit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cloneplatform.common.batch.GroupCommit;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.idempotency.SealedKey;
import io.cloneplatform.common.idempotency.Writes;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.earnings.member.Callers;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A member submits a product; its value is credited along the referral line, or waits for an admin. */
public final class SubmitProduct {
    private static final int MAX_NAME = 200;
    private static final Money MAX_VALUE = new Money(100_000_000);

    private final LineStore lines;
    private final Writes writes;
    private final GroupCommit<PendingSubmission, Reply> writer;
    private final CompletePremium premium;

    public SubmitProduct(
            LineStore lines, Writes writes, GroupCommit<PendingSubmission, Reply> writer, CompletePremium premium) {
        this.lines = lines;
        this.writes = writes;
        this.writer = writer;
        this.premium = premium;
    }

    private record Order(String productName, Money productValue, boolean premium) {}

    record Answer(Submitted product, Money newBalance) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Submitted(
            String id,
            String name,
            Money value,
            String status,
            Money userEarned,
            List<Commission> commissionsCascade,
            boolean premium,
            Money boostedCommission) {
        static Submitted of(Product product) {
            return new Submitted(
                    product.id(),
                    product.name(),
                    product.value(),
                    product.status(),
                    product.userEarned(),
                    product.commissions(),
                    product.premium(),
                    product.boostedCommission());
        }
    }

    /** Submits for the calling member: with the next batch, or, completing a premium assignment, by itself. */
    public Future<Reply> submit(Request request) {
        Order order = request.body(Order.class);
        Optional<Reply> refusal = check(order);
        if (refusal.isPresent()) {
            return writes.run(request, tx -> Future.succeededFuture(refusal.orElseThrow()));
        }
        return order.premium()
                ? writes.run(request, tx -> complete(tx, request, order))
                : write(pending(request, order));
    }

    private Future<Reply> write(PendingSubmission submission) {
        SealedKey key = submission.key();
        return writer.write(
                submission,
                key == null ? null : key.hash(),
                submission.request().deadlineMs());
    }

    /** Answers a submission whose key another one of the same batch had: with what that one wrote. */
    public static Future<Reply> repeat(Writes writes, PendingSubmission second, Reply first) {
        return first instanceof Reply.Done ? writes.replay(second.key()) : Future.succeededFuture(first);
    }

    private static PendingSubmission pending(Request request, Order order) {
        return new PendingSubmission(
                request,
                request.idempotencyKey() == null ? null : new SealedKey(request),
                Ids.next(),
                Callers.member(request),
                order.productName().strip(),
                order.productValue(),
                Instant.now());
    }

    private Future<Reply> complete(SqlConnection tx, Request request, Order order) {
        return lines.find(tx, Callers.member(request)).compose(line -> line.map(
                        found -> premium.complete(tx, found, order.productName().strip(), order.productValue()))
                .orElseGet(() -> Future.succeededFuture(
                        Reply.refuse(ErrorCode.UNAUTHENTICATED, "This account no longer exists"))));
    }

    private static Optional<Reply> check(Order order) {
        String name = order.productName();
        if (name == null || name.isBlank() || name.codePointCount(0, name.length()) > MAX_NAME) {
            return Optional.of(Reply.invalid("productName", "must have 1 to 200 characters"));
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of(Reply.invalid("productName", "must not contain control characters"));
        }
        Money value = order.productValue();
        if (value == null || value.minor() < 1 || value.compareTo(MAX_VALUE) > 0) {
            return Optional.of(Reply.invalid("productValue", "must be from 0.01 to 1000000"));
        }
        return Optional.empty();
    }

    static Reply answer(Product product, Money newBalance) {
        return Reply.ok(new Answer(Submitted.of(product), newBalance));
    }

    /** The text of an answer up to the member's balance after the submission. */
    static String answerBefore(Product product) {
        return "{\"success\":true,\"product\":" + Json.text(Submitted.of(product)) + ",\"newBalance\":";
    }
}
