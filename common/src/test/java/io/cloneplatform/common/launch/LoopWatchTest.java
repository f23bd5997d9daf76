package io.cloneplatform.common.launch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** An event loop is blamed for what it does, not for what the machine does to it. */
class LoopWatchTest {
    private static final long LIMIT_MS = 50;
    private static final long TOO_LONG_MS = 300;
    private static final int RIVALS_PER_PROCESSOR = 40;

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(LoopWatch.class);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setMaxEventLoopExecuteTime(LIMIT_MS)
            .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
            .setBlockedThreadCheckInterval(LIMIT_MS)
            .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS));
    private final LoopWatch watch = new LoopWatch(vertx, metrics);

    @BeforeEach
    void warmUp() {
        LOG.setLevel(Level.OFF);
        onLoop(() -> work(1));
    }

    @AfterEach
    void close() {
        LOG.setLevel(null);
        watch.close();
        vertx.close().await();
    }

    @Test
    void oneThatWorksTooLongIsBlocked() {
        double before = count("blocked");
        onLoop(() -> work(TOO_LONG_MS));
        assertThat(count("blocked")).isGreaterThan(before);
    }

    @Test
    void oneThatWaitsTooLongIsBlocked() {
        double before = count("blocked");
        onLoop(() -> pause(TOO_LONG_MS));
        assertThat(count("blocked")).isGreaterThan(before);
    }

    @Test
    void oneThatGetsNoProcessorIsStarved() {
        double before = count("blocked");
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> rivals = IntStream.range(
                        0, RIVALS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors())
                .mapToObj(i -> new Thread(() -> {
                    while (!enough.get()) {
                        Thread.onSpinWait();
                    }
                }))
                .toList();
        rivals.forEach(Thread::start);
        for (int round = 0; round < 100 && count("starved") == 0; round++) {
            onLoop(() -> work(10));
        }
        enough.set(true);
        rivals.forEach(LoopWatchTest::join);
        assertThat(count("starved")).isPositive();
        assertThat(count("blocked")).isEqualTo(before);
    }

    private double count(String what) {
        return metrics.get("clone.event.loop." + what).counter().count();
    }

    private void onLoop(Runnable task) {
        Promise<Void> done = Promise.promise();
        vertx.runOnContext(loop -> {
            task.run();
            done.complete();
        });
        done.future().await();
    }

    /** Uses the processor for some milliseconds. */
    private static void work(long ms) {
        long end = cpuMs() + ms;
        while (cpuMs() < end) {
            Thread.onSpinWait();
        }
    }

    private static long cpuMs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
    }

    private static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
