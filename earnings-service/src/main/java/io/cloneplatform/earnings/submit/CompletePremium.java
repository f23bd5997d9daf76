package io.cloneplatform.earnings.submit;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.config.MoneyRules;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.earnings.ledger.Account;
import io.cloneplatform.earnings.ledger.Ledger;
import io.cloneplatform.earnings.ledger.Transfer;
import io.cloneplatform.earnings.submit.AssignmentStore.Assignment;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A member completes the active premium assignment by submitting a product of exactly its amount: the ordinary split
 * plus the boost. The review threshold and the daily cap do not apply, and it does not use the cap up: an admin set this
 * amount for this member, which is the review that both stand for.
 */
public final class CompletePremium {
    private static final String NONE = "There is no premium assignment to complete";

    private final AssignmentStore assignments;
    private final SubmissionStore submissions;
    private final Ledger ledger;
    private final MoneyRules rules;
    private final CommissionSplit split;

    public CompletePremium(
            AssignmentStore assignments,
            SubmissionStore submissions,
            Ledger ledger,
            MoneyRules rules,
            CommissionSplit split) {
        this.assignments = assignments;
        this.submissions = submissions;
        this.ledger = ledger;
        this.rules = rules;
        this.split = split;
    }

    Future<Reply> complete(SqlConnection tx, Line line, String name, Money value) {
        if (line.assignment() == null) {
            return refuse(NONE);
        }
        return assignments
                .lock(tx, line.id(), line.assignment().path("id").asText())
                .compose(found -> found.isEmpty() ? refuse(NONE) : decide(tx, line, name, value, found.orElseThrow()));
    }

    private Future<Reply> decide(SqlConnection tx, Line line, String name, Money value, Assignment assignment) {
        return obstacle(assignment, value)
                .map(CompletePremium::refuse)
                .orElseGet(() -> credit(tx, line, name, assignment));
    }

    private static Future<Reply> refuse(String sentence) {
        return Future.succeededFuture(Reply.refuse(ErrorCode.WRONG_STATE, sentence));
    }

    private static Optional<String> obstacle(Assignment assignment, Money value) {
        if (assignment.status().equals("offered")) {
            return Optional.of("Accept the premium assignment before you complete it");
        }
        if (!assignment.status().equals("active")) {
            return Optional.of("The premium assignment is " + assignment.status());
        }
        if (assignment.expired()) {
            return Optional.of("The premium assignment has expired");
        }
        return assignment.amount().equals(value)
                ? Optional.empty()
                : Optional.of("The product's value must be exactly the assignment's amount of "
                        + assignment.amount().text());
    }

    private Future<Reply> credit(SqlConnection tx, Line line, String name, Assignment assignment) {
        Money boost = boost(assignment.amount());
        Product.Draft draft =
                new Product.Draft(Ids.next(), line, name, assignment.amount(), assignment.id(), boost, Instant.now());
        Credit credit = Credit.of(draft.id(), line, draft.value(), split);
        Product product = draft.credited(credit);
        return ledger.post(tx, credit.transfer())
                .compose(balances -> boosted(tx, product, line.id(), balances))
                .compose(balance -> submissions
                        .insert(tx, product)
                        .compose(done -> submissions.share(tx, line, credit))
                        .compose(done -> assignments.complete(tx, product))
                        .map(done -> SubmitProduct.answer(product, balance)));
    }

    // A fraction of a cent is not paid.
    private Money boost(Money amount) {
        return new Money(Math.multiplyExact(amount.minor(), (long) rules.boostPercent()) / 100);
    }

    private Future<Money> boosted(SqlConnection tx, Product product, UUID member, Map<UUID, Account> balances) {
        if (product.boostedCommission().equals(Money.ZERO)) {
            return Future.succeededFuture(new Money(balances.get(member).balance()));
        }
        Transfer boost = Transfer.earning(
                Ids.next(),
                "boost",
                product.assignmentId(),
                member,
                product.boostedCommission().minor());
        return ledger.post(tx, boost).map(after -> new Money(after.get(member).balance()));
    }
}
