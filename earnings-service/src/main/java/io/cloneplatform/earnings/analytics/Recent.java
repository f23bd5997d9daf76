package io.cloneplatform.earnings.analytics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Function;

/**
 * What was read in the last five minutes, each read once for all who ask meanwhile. A read that failed is not kept. What is
 * shown to a member must be held against something fresh, or concern others.
 */
final class Recent<K, V> {
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final Cache<K, Future<V>> reads;
    private final Function<K, Future<V>> read;

    /**
     * An empty one.
     *
     * @param name of the cache in the metrics
     * @param most how many are kept
     */
    Recent(MeterRegistry metrics, String name, int most, Function<K, Future<V>> read) {
        this.reads = Caffeine.newBuilder()
                .expireAfterWrite(KEPT)
                .maximumSize(most)
                .recordStats()
                .build();
        this.read = read;
        CaffeineCacheMetrics.monitor(metrics, reads, name);
    }

    /** What is kept, or what is read now. */
    Future<V> get(K key) {
        Future<V> kept = reads.get(key, read);
        return kept.onFailure(failed -> forget(key, kept));
    }

    /** Does not give this out again. */
    void forget(K key, Future<V> kept) {
        reads.asMap().remove(key, kept);
    }
}
