package io.cloneplatform.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.cluster.Cluster;
import io.cloneplatform.common.config.LimitsConfig;
import io.cloneplatform.common.metrics.Counts;
import io.cloneplatform.gateway.caller.ClientAddress;
import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.document.ApiOperation.Access;
import io.github.bucket4j.ConsumptionProbe;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Holds callers to what they may ask in a minute, counted across all gateways: members and admins by who they are,
 * everybody else by address. Who is over a limit is refused without asking anybody until there is room again.
 */
public final class Limits {
    private static final int MOST = 50_000;

    private final boolean on;
    private final Policy member;
    private final Policy admin;
    private final Policy credentials;
    private final Policy anonymous;
    private final Policy rejected;
    private final Buckets buckets;
    private final Map<Policy, Runnable> refusals = new HashMap<>();

    // Until when, in nanoseconds of this JVM, there is no room for a caller.
    private final Cache<String, Long> full = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofSeconds(Policy.WINDOW_SECONDS))
            .build();

    /** The limits of one gateway, alone or with the others of its cluster. */
    public Limits(LimitsConfig config, Optional<Cluster> cluster, Counts metrics) {
        this.on = config.on();
        this.member = new Policy("member", config.member());
        this.admin = new Policy("admin", config.admin());
        this.credentials = new Policy("credentials", config.credentials());
        this.anonymous = new Policy("public", config.anonymous());
        this.rejected = new Policy("rejected", config.rejected());
        this.buckets = new Buckets(on ? cluster : Optional.empty());
        for (Policy policy : List.of(member, admin, credentials, anonymous, rejected)) {
            refusals.put(
                    policy,
                    metrics.counter(
                            "clone.rate.limited", "Requests refused for a limit per minute", "policy", policy.name()));
        }
    }

    /** Whether anybody counts. */
    public boolean on() {
        return on;
    }

    /** Counts a public request from an address; says by the answer's headers what is left. False when it is one too many. */
    public Future<Boolean> admit(ApiOperation operation, String address, HttpServerResponse response) {
        return operation.access() == Access.PUBLIC
                ? take(operation.takesCredentials() ? credentials : anonymous, ClientAddress.network(address), response)
                : Future.succeededFuture(true);
    }

    /** Counts a request of a member or admin; says by the answer's headers what is left. False when it is one too many. */
    public Future<Boolean> admit(Caller caller, HttpServerResponse response) {
        return switch (caller.kind()) {
            case MEMBER -> take(member, caller.id(), response);
            case ADMIN -> take(admin, caller.id(), response);
            case PUBLIC -> Future.succeededFuture(true);
        };
    }

    /** Remembers that an address sent a token that nobody accepts. */
    public Future<Void> rejected(String address) {
        CompletableFuture<Allowance> counted = count(rejected, ClientAddress.network(address));
        return counted.isDone()
                ? Future.succeededFuture()
                : Future.fromCompletionStage(counted, Vertx.currentContext()).mapEmpty();
    }

    /** Whether an address sent so many of them that another unknown one is not even looked at; says so when it did. */
    public boolean suspects(String address, HttpServerResponse response) {
        Optional<Allowance> none = noRoom(rejected, ClientAddress.network(address));
        none.ifPresent(allowance -> tell(allowance, response));
        return none.isPresent();
    }

    private Future<Boolean> take(Policy policy, String key, HttpServerResponse response) {
        Optional<Allowance> none = noRoom(policy, key);
        if (none.isPresent()) {
            tell(none.get(), response);
            return Future.succeededFuture(false);
        }
        CompletableFuture<Allowance> counted = count(policy, key);
        Future<Allowance> allowance = counted.isDone()
                ? Future.succeededFuture(counted.join())
                : Future.fromCompletionStage(counted, Vertx.currentContext());
        return allowance.map(known -> {
            tell(known, response);
            return known.granted();
        });
    }

    private Optional<Allowance> noRoom(Policy policy, String key) {
        Long until = full.getIfPresent(policy.name() + "|" + key);
        long nanos = until == null ? 0 : until - System.nanoTime();
        return nanos > 0 ? Optional.of(new Allowance(policy, false, 0, seconds(nanos))) : Optional.empty();
    }

    private CompletableFuture<Allowance> count(Policy policy, String key) {
        return buckets.take(policy, key).thenApply(probe -> allowance(policy, key, probe));
    }

    private Allowance allowance(Policy policy, String key, ConsumptionProbe probe) {
        if (!probe.isConsumed()) {
            full.put(policy.name() + "|" + key, System.nanoTime() + probe.getNanosToWaitForRefill());
        }
        long reset = probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill();
        return new Allowance(policy, probe.isConsumed(), probe.getRemainingTokens(), seconds(reset));
    }

    private void tell(Allowance allowance, HttpServerResponse response) {
        response.putHeader("RateLimit-Policy", allowance.policy().header()).putHeader("RateLimit", allowance.header());
        if (!allowance.granted()) {
            refusals.get(allowance.policy()).run();
            response.putHeader("Retry-After", Long.toString(Math.max(1, allowance.resetSeconds())));
        }
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
    }
}
