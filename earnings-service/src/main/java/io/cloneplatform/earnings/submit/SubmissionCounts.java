package io.cloneplatform.earnings.submit;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Operations;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.metrics.Counts;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/** Counts submissions by what became of them, and the values that were credited. */
public final class SubmissionCounts {
    // Quotes within a name are escaped, so that no name looks like this.
    private static final String PENDING = "\"status\":\"" + Product.PENDING + "\"";

    private final Runnable credited;
    private final Runnable pending;
    private final Runnable refused;
    private final Runnable completed;
    private final LongConsumer amount;

    public SubmissionCounts(Counts metrics) {
        this.credited = submission(metrics, "credited");
        this.pending = submission(metrics, "pending_review");
        this.refused = submission(metrics, "refused");
        this.completed = metrics.counter(
                "clone.premium.assignments",
                "Premium assignments by what happened: assigned, accepted, declined, revoked, expired, completed",
                "event",
                "completed");
        this.amount = metrics.total(
                "clone.credited.amount.minor", "Values of the submissions that were credited, in minor units");
    }

    private record Order(Money productValue, boolean premium) {}

    private static Runnable submission(Counts metrics, String result) {
        return metrics.counter(
                "clone.submissions",
                "Submissions: credited at once, waiting for an admin, or refused",
                "result",
                result);
    }

    /** Watches the operations that credit submissions. */
    public void watch(Operations operations) {
        operations
                .observe(Addresses.EARNINGS_SUBMIT, this::submitted)
                .observe(Addresses.EARNINGS_SUBMISSION_APPROVE, (request, reply) -> approved(reply));
    }

    private void submitted(Request request, Reply reply) {
        if (reply.replayed()) {
            return;
        }
        if (!(reply instanceof Reply.Done done)) {
            refused.run();
        } else if (new String(done.body(), StandardCharsets.UTF_8).contains(PENDING)) {
            pending.run();
        } else {
            credited(request.body(Order.class));
        }
    }

    private void credited(Order order) {
        credited.run();
        amount.accept(order.productValue().minor());
        if (order.premium()) {
            completed.run();
        }
    }

    // It was counted as a submission when it came.
    private void approved(Reply reply) {
        if (reply instanceof Reply.Done done && !reply.replayed()) {
            amount.accept(Money.ofMajor(Json.read(done.body(), JsonNode.class)
                            .at("/submission/value")
                            .decimalValue())
                    .minor());
        }
    }
}
