package io.cloneplatform.acceptance.process;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What stands before several gateways: it takes those in turn that say that they are ready, and asks the next one when a
 * connection is refused, or breaks while something is asked that may be asked twice.
 */
final class Ingress implements AutoCloseable {
    private static final long LOOK_MS = 100;

    private final List<Gateway> gateways;
    private final AtomicInteger turn = new AtomicInteger();
    private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> looking;

    Ingress(List<Launch> gateways) {
        this.gateways = gateways.stream().map(Gateway::new).toList();
        this.looking = threads.scheduleWithFixedDelay(
                () -> this.gateways.forEach(Gateway::look), 0, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    private static final class Gateway {
        private final Api api;
        private final Api management;
        private volatile boolean ready = true;

        Gateway(Launch launch) {
            this.api = launch.api();
            this.management = launch.management();
        }

        void look() {
            try {
                ready = management.get("/health/ready").status() == 200;
            } catch (UncheckedIOException e) {
                ready = false;
            }
        }
    }

    /** Sends a request as a member or admin with a token; the body and the key may be null. */
    Answer send(String token, String method, String path, Object body, String key) {
        boolean repeatable = method.equals("GET") || key != null;
        UncheckedIOException broken = null;
        for (Gateway gateway : inTurn()) {
            try {
                return gateway.api.as(token).send(method, path, body, key);
            } catch (UncheckedIOException e) {
                broken = e;
                if (!repeatable && !(e.getCause() instanceof ConnectException)) {
                    break;
                }
            }
        }
        throw broken;
    }

    private List<Gateway> inTurn() {
        int first = Math.floorMod(turn.getAndIncrement(), gateways.size());
        List<Gateway> all = new ArrayList<>(gateways.subList(first, gateways.size()));
        all.addAll(gateways.subList(0, first));
        all.sort(Comparator.comparing(gateway -> !gateway.ready));
        return all;
    }

    @Override
    public void close() {
        looking.cancel(true);
        threads.shutdownNow();
    }
}
