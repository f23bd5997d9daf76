package io.cloneplatform.withdrawal;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Operations;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.metrics.Counts;

/**
 * Counts what becomes of withdrawals, and what failed for a reason that neither the member nor the admin gave.
 */
final class WithdrawalCounts {
    private final Counts metrics;
    private final Runnable failed;

    WithdrawalCounts(Counts metrics) {
        this.metrics = metrics;
        this.failed = counter("failed");
    }

    void watch(Operations operations) {
        watch(operations, Addresses.WITHDRAWAL_REQUEST, "requested");
        watch(operations, Addresses.WITHDRAWAL_APPROVE, "approved");
        watch(operations, Addresses.WITHDRAWAL_DENY, "denied");
        watch(operations, Addresses.WITHDRAWAL_CANCEL, "cancelled");
    }

    private void watch(Operations operations, String address, String event) {
        Runnable done = counter(event);
        operations.observe(address, (request, reply) -> {
            if (reply instanceof Reply.Refused refused) {
                if (refused.failed()) {
                    failed.run();
                }
            } else if (!reply.replayed()) {
                done.run();
            }
        });
    }

    private Runnable counter(String event) {
        return metrics.counter(
                "clone.withdrawals",
                "Withdrawals by what happened: requested, approved, denied, cancelled, or failed for a reason of ours",
                "event",
                event);
    }
}
