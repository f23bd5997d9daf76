package io.cloneplatform.common.bus;

import io.cloneplatform.common.metrics.Buckets;
import io.cloneplatform.common.metrics.Counts;
import java.util.function.LongConsumer;

/** What one operation of a service shows: how long it takes, and how often it does what was asked. */
final class OperationMeters {
    private final LongConsumer durations;
    private final Runnable ok;
    private final Runnable refused;
    private final Runnable failed;

    OperationMeters(Counts metrics, String operation) {
        this.durations = metrics.durations(
                "clone.operation.duration",
                "From a request's arrival at its service to the reply",
                Buckets.coarse(),
                "operation",
                operation);
        this.ok = result(metrics, operation, "ok");
        this.refused = result(metrics, operation, "refused");
        this.failed = result(metrics, operation, "failed");
    }

    private static Runnable result(Counts metrics, String operation, String result) {
        return metrics.counter(
                "clone.operation.results",
                "Operations by result: ok, refused for what was asked, failed for a reason of ours",
                "operation",
                operation,
                "result",
                result);
    }

    void record(long nanos, Reply reply) {
        durations.accept(nanos);
        if (reply instanceof Reply.Refused refused) {
            (refused.failed() ? failed : this.refused).run();
        } else {
            ok.run();
        }
    }
}
