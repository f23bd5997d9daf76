package io.cloneplatform.common.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.metrics.Counts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An event loop that does nothing else is as late as it is, also while it still is. */
@Timeout(30)
class LoopLagTest {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void oneLoopThatIsHeldIsSeenWhileItIs() throws InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setBlockedThreadCheckInterval(60)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.SECONDS));
        try (LoopLag lag = new LoopLag(vertx, new Counts(metrics))) {
            assertThat(lag).isNotNull();
            assertThat(seconds()).isLessThan(1);
            CountDownLatch release = new CountDownLatch(1);
            vertx.runOnContext(held -> hold(release));
            while (seconds() < 0.5) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            release.countDown();
            while (seconds() > 0.2) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } finally {
            vertx.close().await();
        }
    }

    private static void hold(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private double seconds() {
        return metrics.get("clone.event.loop.lag").gauge().value();
    }
}
