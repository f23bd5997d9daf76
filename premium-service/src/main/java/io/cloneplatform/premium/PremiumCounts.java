package io.cloneplatform.premium;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Operations;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.metrics.Counts;
import java.util.function.BiConsumer;

/** Counts what becomes of premium assignments, and the freezes that admins and members set off. */
final class PremiumCounts {
    private final Counts metrics;
    private final Runnable frozenByPremium;
    private final Runnable expired;

    PremiumCounts(Counts metrics) {
        this.metrics = metrics;
        this.frozenByPremium = freeze("frozen", "premium");
        this.expired = assignment("expired");
    }

    void watch(Operations operations) {
        operations
                .observe(Addresses.PREMIUM_ASSIGN, onceDone(assignment("assigned")))
                .observe(Addresses.PREMIUM_ACCEPT, accepted(assignment("accepted")))
                .observe(Addresses.PREMIUM_DECLINE, onceDone(assignment("declined")))
                .observe(Addresses.PREMIUM_REVOKE, onceDone(assignment("revoked")))
                .observe(Addresses.PREMIUM_FREEZE, onceDone(freeze("frozen", "compliance")))
                .observe(Addresses.PREMIUM_UNFREEZE, onceDone(freeze("unfrozen", "compliance")));
    }

    /** One assignment's time ran out. */
    void expired() {
        expired.run();
    }

    private static BiConsumer<Request, Reply> onceDone(Runnable count) {
        return (request, reply) -> {
            if (reply instanceof Reply.Done && !reply.replayed()) {
                count.run();
            }
        };
    }

    // What is not covered when a member accepts is what freezes the account.
    private BiConsumer<Request, Reply> accepted(Runnable count) {
        return (request, reply) -> {
            if (reply instanceof Reply.Done done && !reply.replayed()) {
                count.run();
                if (Json.read(done.body(), JsonNode.class)
                                .path("freezeAmount")
                                .decimalValue()
                                .signum()
                        > 0) {
                    frozenByPremium.run();
                }
            }
        };
    }

    private Runnable assignment(String event) {
        return metrics.counter(
                "clone.premium.assignments",
                "Premium assignments by what happened: assigned, accepted, declined, revoked, expired, completed",
                "event",
                event);
    }

    private Runnable freeze(String event, String cause) {
        return metrics.counter(
                "clone.freezes",
                "Freezes that an admin set or lifted, and those that accepting a premium assignment set",
                "event",
                event,
                "cause",
                cause);
    }
}
