package io.cloneplatform.common.launch;

import io.cloneplatform.common.metrics.Counts;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;

/**
 * How late event loops do what they are given: each is given something once a second, and the latest one is
 * shown.
 */
final class LoopLag implements AutoCloseable {
    private static final long PERIOD_MS = 1_000;

    private final Timer clock = new Timer("event-loop-lag", true);
    private final List<Probe> probes;

    LoopLag(Vertx vertx, Counts metrics) {
        this.probes = StreamSupport.stream(
                        ((VertxInternal) vertx).nettyEventLoopGroup().spliterator(), false)
                .map(Probe::new)
                .toList();
        metrics.duration(
                "clone.event.loop.lag", "How late the latest event loop was when it was last looked at", this::nanos);
        TimerTask looking = new TimerTask() {
            @Override
            public void run() {
                probes.forEach(Probe::send);
            }
        };
        clock.schedule(looking, 0, PERIOD_MS);
    }

    private long nanos() {
        return probes.stream().mapToLong(Probe::nanos).max().orElse(0);
    }

    @Override
    public void close() {
        clock.cancel();
    }

    /** One event loop; one thing at a time is on its way to it. */
    private static final class Probe {
        private final EventExecutor loop;
        private final AtomicLong sentAt = new AtomicLong();
        private volatile long last;

        Probe(EventExecutor loop) {
            this.loop = loop;
        }

        void send() {
            if (!loop.isShuttingDown() && sentAt.compareAndSet(0, System.nanoTime())) {
                loop.execute(() -> last = System.nanoTime() - sentAt.getAndSet(0));
            }
        }

        // One that has not come back yet is as late as it is now.
        long nanos() {
            long sent = sentAt.get();
            return sent == 0 ? last : Math.max(last, System.nanoTime() - sent);
        }
    }
}
