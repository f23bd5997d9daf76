package io.cloneplatform.gateway.caller;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.BusClient;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.bus.Trace;
import io.cloneplatform.gateway.document.ApiOperation;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Has it recorded when an admin was refused what they have no permission for. Nobody waits for the record, and only so
 * many are made in a second: an admin who tries everything fills no disk.
 */
public final class Denials {
    private static final int MOST_IN_A_SECOND = 10;
    private static final long LIMIT_MS = 2_000;

    private final BusClient bus;
    private final AtomicLong second = new AtomicLong();
    private final AtomicInteger recorded = new AtomicInteger();

    public Denials(BusClient bus) {
        this.bus = bus;
    }

    /** Records who was refused what; only admins are. */
    public void record(ApiOperation operation, Caller caller, Trace trace) {
        if (caller == null || !caller.isAdmin() || !mayRecord()) {
            return;
        }
        Map<String, String> details = Map.of(
                "result", "refused",
                "operation", operation.address().orElse(operation.id()),
                "permission", operation.permission().orElse(""));
        bus.request(
                        new Request(
                                Addresses.AUTH_DENIED,
                                caller,
                                details,
                                null,
                                null,
                                System.currentTimeMillis() + LIMIT_MS,
                                trace),
                        false)
                .otherwiseEmpty();
    }

    private boolean mayRecord() {
        long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
        if (second.getAndSet(now) != now) {
            recorded.set(0);
        }
        return recorded.incrementAndGet() <= MOST_IN_A_SECOND;
    }
}
