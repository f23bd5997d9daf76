package io.cloneplatform.earnings.submit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.config.MoneyRules;
import io.cloneplatform.common.json.Ids;
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
    private final SubmissionStore submissions;
    private final CompletePremium premium;
    private final MoneyRules rules;
    private final CommissionSplit split;

    public SubmitProduct(
            LineStore lines,
            SubmissionStore submissions,
            CompletePremium premium,
            MoneyRules rules,
            CommissionSplit split) {
        this.lines = lines;
        this.submissions = submissions;
        this.premium = premium;
        this.rules = rules;
        this.split = split;
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

    /** Submits for the calling member. */
    public Future<Reply> submit(SqlConnection tx, Request request) {
        Order order = request.body(Order.class);
        Optional<Reply> refusal = check(order);
        if (refusal.isPresent()) {
            return Future.succeededFuture(refusal.orElseThrow());
        }
        return lines.find(tx, Callers.member(request)).compose(line -> line.map(found -> write(tx, order, found))
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

    private Future<Reply> write(SqlConnection tx, Order order, Line line) {
        String name = order.productName().strip();
        if (order.premium()) {
            return premium.complete(tx, line, name, order.productValue());
        }
        Product.Draft draft =
                new Product.Draft(Ids.next(), line, name, order.productValue(), null, null, Instant.now());
        Credit credit = Credit.of(draft.id(), line, draft.value(), split);
        return submissions
                .submit(tx, draft, credit, creditable(draft.value()), rules.dailyCreditCap())
                .map(outcome -> answer(
                        outcome.credited() ? draft.credited(credit) : draft.pending(), new Money(outcome.balance())));
    }

    private boolean creditable(Money value) {
        return value.minor() <= rules.reviewThreshold() && value.minor() <= rules.dailyCreditCap();
    }

    static Reply answer(Product product, Money newBalance) {
        return Reply.ok(new Answer(Submitted.of(product), newBalance));
    }
}
