package io.cloneplatform.gateway.observe;

import io.cloneplatform.common.metrics.Buckets;
import io.cloneplatform.common.metrics.Counts;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongConsumer;

/**
 * The meters of one operation. Each is made when it is first needed, so that there are no series of operations that
 * nobody asks for.
 */
final class RouteMeters {
    private static final int STATUSES = 600;

    // Shown from an operation's first request on: a rate cannot tell of a series that begins with its first fault.
    private static final List<Integer> FAULTS = List.of(500, 503, 504);

    private final Counts metrics;
    private final String operation;
    private final AtomicReferenceArray<Runnable> byStatus = new AtomicReferenceArray<>(STATUSES);
    private volatile LongConsumer durations;

    RouteMeters(Counts metrics, String operation) {
        this.metrics = metrics;
        this.operation = operation;
    }

    String operation() {
        return operation;
    }

    // Made by two threads at once, a meter is still one meter.
    void record(long nanos, int status) {
        LongConsumer took = durations;
        if (took == null) {
            FAULTS.forEach(this::counter);
            took = metrics.durations(
                    "clone.http.request.duration",
                    "From a request's arrival to the end of its answer",
                    Buckets.fine(),
                    "operation",
                    operation);
            durations = took;
        }
        counter(status).run();
        took.accept(nanos);
    }

    private Runnable counter(int status) {
        Runnable counter = byStatus.get(status);
        if (counter == null) {
            counter = metrics.counter(
                    "clone.http.requests",
                    "Requests that were answered, by operation and status; none is an unknown route",
                    "operation",
                    operation,
                    "status",
                    Integer.toString(status));
            byStatus.set(status, counter);
        }
        return counter;
    }
}
