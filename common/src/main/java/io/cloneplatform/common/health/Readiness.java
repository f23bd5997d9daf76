package io.cloneplatform.common.health;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process can serve, refreshed in the background once a second with a timeout, so that asking never waits
 * for a stuck dependency.
 */
public final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final long PERIOD_MS = 1_000;
    private static final long PROBE_TIMEOUT_MS = 1_500;

    private final Vertx vertx;
    private final Map<String, Boolean> states = new ConcurrentHashMap<>();

    public Readiness(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Adds a dependency that counts as down until its probe first succeeds. */
    public void watch(String name, Supplier<Future<Boolean>> probe) {
        states.put(name, false);
        check(name, probe);
        vertx.setPeriodic(PERIOD_MS, timer -> check(name, probe));
    }

    /** Sets a state that is known rather than probed. */
    public void set(String name, boolean up) {
        states.put(name, up);
    }

    /** Whether one dependency is up. */
    public boolean up(String name) {
        return states.getOrDefault(name, false);
    }

    /** Whether everything is up. */
    public boolean ready() {
        return !states.isEmpty() && !states.containsValue(false);
    }

    /** Every dependency with its state, by name. */
    public Map<String, Boolean> states() {
        return new TreeMap<>(states);
    }

    private void check(String name, Supplier<Future<Boolean>> probe) {
        probe.get()
                .timeout(PROBE_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .otherwise(false)
                .onSuccess(up -> note(name, up));
    }

    private void note(String name, boolean up) {
        Boolean before = states.put(name, up);
        if (before != null && before != up) {
            LOG.info("{} is {}", name, up ? "up" : "down");
        }
    }
}
