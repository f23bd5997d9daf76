package io.cloneplatform.benchmarks.load;

import io.cloneplatform.benchmarks.measure.Sample;
import io.cloneplatform.common.password.PasswordHasher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** How many passwords this machine can check when it does nothing else, with as many threads as the platform has for it. */
public final class HashSpeed implements AutoCloseable {
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    private final Vertx vertx = Vertx.vertx();
    private final PasswordHasher hasher = new PasswordHasher(vertx, THREADS);

    /** Checks one password over and over. */
    public Sample measure(String hash, String password, int seconds) {
        AtomicLong checked = new AtomicLong();
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        Future.all(IntStream.range(0, THREADS)
                        .mapToObj(thread -> checkUntil(end, hash, password, checked))
                        .toList())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return Sample.rate(checked.get() * 1e9 / (System.nanoTime() - start));
    }

    private Future<Void> checkUntil(long end, String hash, String password, AtomicLong checked) {
        return System.nanoTime() > end
                ? Future.succeededFuture()
                : hasher.matches(hash, password).compose(matches -> {
                    checked.incrementAndGet();
                    return checkUntil(end, hash, password, checked);
                });
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
