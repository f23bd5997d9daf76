package io.cloneplatform.common.launch;

import io.cloneplatform.common.metrics.Counts;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.threadchecker.BlockedThreadEvent;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges every event loop that Vert.x's checker finds late. One that worked or waited for longer than it may is at fault,
 * and is logged with the place; one that got no processor is only counted, for there the machine is too small or too busy.
 */
final class LoopWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);
    private static final long PERIOD_MS = 25;
    private static final int REMEMBERED = 400;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<Thread, Deque<Sample>> loops = new ConcurrentHashMap<>();
    private final Timer clock = new Timer("event-loop-watch", true);
    private final Runnable blocked;
    private final Runnable starved;

    /** How much processor time a thread had used at a moment, and whether it was waiting for another one then. */
    private record Sample(long atMs, long workedMs, boolean waiting) {}

    /** Begins to watch the event loops of a Vert.x instance. */
    LoopWatch(Vertx vertx, MeterRegistry metrics) {
        Counts counts = new Counts(metrics);
        this.blocked = counts.counter(
                "clone.event.loop.blocked", "Checks that found an event loop working or waiting too long");
        this.starved =
                counts.counter("clone.event.loop.starved", "Checks that found an event loop late without a processor");
        VertxInternal internals = (VertxInternal) vertx;
        for (EventExecutor loop : internals.nettyEventLoopGroup()) {
            loop.execute(() -> loops.put(Thread.currentThread(), new ArrayDeque<>()));
        }
        internals.blockedThreadChecker().setThreadBlockedHandler(this::judge);
        TimerTask sampling = new TimerTask() {
            @Override
            public void run() {
                loops.forEach(LoopWatch.this::sample);
            }
        };
        clock.schedule(sampling, 0, PERIOD_MS);
    }

    private void sample(Thread loop, Deque<Sample> samples) {
        long worked = TimeUnit.NANOSECONDS.toMillis(threads.getThreadCpuTime(loop.getId()));
        Sample now = new Sample(System.currentTimeMillis(), worked, loop.getState() != Thread.State.RUNNABLE);
        synchronized (samples) {
            samples.addLast(now);
            if (samples.size() > REMEMBERED) {
                samples.removeFirst();
            }
        }
    }

    private void judge(BlockedThreadEvent event) {
        Deque<Sample> samples = loops.get(event.thread());
        long tookMs = TimeUnit.NANOSECONDS.toMillis(event.duration());
        if (samples == null) {
            LOG.warn("{} was kept for {} ms", event.thread().getName(), tookMs, place(event.thread()));
        } else {
            sample(event.thread(), samples);
            judge(event.thread(), tookMs, TimeUnit.NANOSECONDS.toMillis(event.maxExecTime()), samples);
        }
    }

    private void judge(Thread thread, long tookMs, long limitMs, Deque<Sample> samples) {
        List<Sample> during = since(samples, System.currentTimeMillis() - tookMs);
        long worked = during.get(during.size() - 1).workedMs() - during.get(0).workedMs();
        long waited = waited(during);
        if (worked > limitMs || waited > limitMs) {
            blocked.run();
            LOG.warn(
                    "{} was kept for {} ms: worked {} ms, waited {} ms",
                    thread.getName(),
                    tookMs,
                    worked,
                    waited,
                    place(thread));
        } else {
            starved.run();
            LOG.debug("{} got no processor for most of {} ms", thread.getName(), tookMs);
        }
    }

    // With the last one before, or work between two samples would be lost.
    private static List<Sample> since(Deque<Sample> samples, long sinceMs) {
        synchronized (samples) {
            long before =
                    samples.stream().filter(sample -> sample.atMs() < sinceMs).count();
            return samples.stream().skip(Math.max(0, before - 1)).toList();
        }
    }

    private static long waited(List<Sample> samples) {
        long waited = 0;
        for (int i = 1; i < samples.size(); i++) {
            if (samples.get(i - 1).waiting() && samples.get(i).waiting()) {
                waited += samples.get(i).atMs() - samples.get(i - 1).atMs();
            }
        }
        return waited;
    }

    private static Throwable place(Thread thread) {
        Throwable place = new Throwable("It is here");
        place.setStackTrace(thread.getStackTrace());
        return place;
    }

    @Override
    public void close() {
        clock.cancel();
    }
}
