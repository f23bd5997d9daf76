package io.cloneplatform.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cloneplatform.common.cluster.Cluster;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.DelayParameters;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.grid.hazelcast.Bucket4jHazelcast;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counts of the last minute. Those of all gateways are one count that Hazelcast keeps; a gateway counts up to a
 * {@value #SHARE}th of a limit by itself before it tells, so n gateways together let pass at most n such shares too
 * many. While the cluster does not answer, each gateway counts alone.
 */
final class Buckets {
    static final int SHARE = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Buckets.class);
    private static final Duration WINDOW = Duration.ofSeconds(Policy.WINDOW_SECONDS);
    private static final Duration TELL_AFTER = Duration.ofSeconds(1);
    private static final long ANSWER_LIMIT_MS = 150;
    private static final long ALONE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MOST = 50_000;

    private final Optional<AsyncProxyManager<String>> cluster;
    private final Cache<String, Bucket> own = cache();
    private final Cache<String, AsyncBucketProxy> shared = cache();
    private volatile long aloneUntil = System.nanoTime();

    Buckets(Optional<Cluster> cluster) {
        this.cluster = cluster.map(Buckets::manager);
    }

    private static AsyncProxyManager<String> manager(Cluster cluster) {
        return Bucket4jHazelcast.entryProcessorBasedBuilder(cluster.buckets())
                // The clocks of two gateways may be minutes apart, and a bucket that one of them filled in its future
                // would not be filled by the other.
                .clientClock(new ClusterClock(cluster))
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(TELL_AFTER))
                .build()
                .asAsync();
    }

    private static <T> Cache<String, T> cache() {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(WINDOW.multipliedBy(2))
                .build();
    }

    /** Counts one request; never fails. */
    CompletableFuture<ConsumptionProbe> take(Policy policy, String key) {
        String name = policy.name() + "|" + key;
        if (cluster.isEmpty() || System.nanoTime() - aloneUntil < 0) {
            return CompletableFuture.completedFuture(alone(policy, name));
        }
        try {
            CompletableFuture<ConsumptionProbe> asked = together(policy, name);
            return asked.isDone() && !asked.isCompletedExceptionally()
                    ? asked
                    : asked.orTimeout(ANSWER_LIMIT_MS, TimeUnit.MILLISECONDS)
                            .exceptionally(failure -> withoutOthers(policy, name, failure));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(withoutOthers(policy, name, e));
        }
    }

    private CompletableFuture<ConsumptionProbe> together(Policy policy, String name) {
        return shared.get(name, missing -> cluster.orElseThrow()
                        .builder()
                        .withOptimization(Optimizations.delaying(
                                new DelayParameters(Math.max(1, policy.perMinute() / SHARE), TELL_AFTER)))
                        .build(missing, () -> CompletableFuture.completedFuture(configuration(policy))))
                .tryConsumeAndReturnRemaining(1);
    }

    private ConsumptionProbe withoutOthers(Policy policy, String name, Throwable failure) {
        if (System.nanoTime() - aloneUntil >= 0) {
            aloneUntil = System.nanoTime() + ALONE_NANOS;
            LOG.warn(
                    "The cluster does not count requests; this gateway counts alone for a while: {}",
                    failure.toString());
        }
        shared.invalidate(name);
        return alone(policy, name);
    }

    private ConsumptionProbe alone(Policy policy, String name) {
        return own.get(name, missing -> Bucket.builder().addLimit(limit(policy)).build())
                .tryConsumeAndReturnRemaining(1);
    }

    private static BucketConfiguration configuration(Policy policy) {
        return BucketConfiguration.builder().addLimit(limit(policy)).build();
    }

    private static Bandwidth limit(Policy policy) {
        return Bandwidth.builder()
                .capacity(policy.perMinute())
                .refillIntervally(policy.perMinute(), WINDOW)
                .build();
    }

    /** The time of the cluster for buckets. */
    private record ClusterClock(Cluster cluster) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(cluster.time());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
