package io.cloneplatform.common.cluster;

import io.cloneplatform.common.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which process to ask next for a service. The bus would take its registrations in turn, also those of processes that are
 * dead, frozen or about to stop; here a process counts only while the cluster says that it lives and it has not said that it
 * leaves, and one that did not answer comes last for a second.
 */
public final class Peers {
    private static final long REFRESH_MS = 500;
    private static final long AVOID_MS = 1_000;

    private final Vertx vertx;
    private final Cluster cluster;
    private final Map<String, List<String>> serving = new ConcurrentHashMap<>();
    private final Map<String, Long> avoidedUntil = new ConcurrentHashMap<>();
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicReference<Future<Void>> underWay = new AtomicReference<>(Future.succeededFuture());
    private volatile Set<String> live = Set.of();

    public Peers(Vertx vertx, Cluster cluster) {
        this.vertx = vertx;
        this.cluster = cluster;
    }

    /** Begins to look, and completes when it knows who is there. */
    public Future<Void> start() {
        vertx.eventBus().<String>consumer(Addresses.EVENT_LEAVING, event -> leaving.add(event.body()));
        vertx.setPeriodic(REFRESH_MS, timer -> refresh());
        return refresh();
    }

    /** Tells of each process that is gone, after it has been dropped here. */
    void onLeft(Consumer<String> listener) {
        cluster.onLeft(left -> {
            live = Set.copyOf(cluster.live());
            listener.accept(left);
        });
    }

    /** Looks now; everybody who asks while a look is under way gets that one. */
    Future<Void> refresh() {
        live = Set.copyOf(cluster.live());
        Promise<Void> mine = Promise.promise();
        Future<Void> current = underWay.updateAndGet(look -> look.isComplete() ? mine.future() : look);
        if (current == mine.future()) {
            leaving.retainAll(live);
            avoidedUntil.keySet().retainAll(live);
            Future.join(Addresses.services().stream().map(this::refresh).toList())
                    .onComplete(done -> mine.complete());
        }
        return current;
    }

    // What cannot be looked up stays as it was: the living among the last known are still the best guess.
    private Future<Void> refresh(String service) {
        return cluster.serving(Addresses.serving(service))
                .onSuccess(nodes -> serving.put(service, nodes))
                .mapEmpty();
    }

    /**
     * The process to ask for a service: this one if it serves, or else the next one that lives and was not tried; of those,
     * one that seems to be well before one that does not.
     */
    Optional<String> next(String service, Set<String> tried) {
        List<String> candidates = serving.getOrDefault(service, List.of());
        if (candidates.contains(cluster.nodeId()) && !tried.contains(cluster.nodeId())) {
            return Optional.of(cluster.nodeId());
        }
        Predicate<String> possible = possible(tried);
        int first = Math.floorMod(turn.getAndIncrement(), Math.max(1, candidates.size()));
        return inTurn(candidates, first, possible.and(this::seemsWell)).or(() -> inTurn(candidates, first, possible));
    }

    /** Whether there is a process left to ask. */
    boolean another(String service, Set<String> tried) {
        return serving.getOrDefault(service, List.of()).stream().anyMatch(possible(tried));
    }

    private Predicate<String> possible(Set<String> tried) {
        return node -> live.contains(node) && !leaving.contains(node) && !tried.contains(node);
    }

    private static Optional<String> inTurn(List<String> candidates, int first, Predicate<String> wanted) {
        for (int i = 0; i < candidates.size(); i++) {
            String candidate = candidates.get((first + i) % candidates.size());
            if (wanted.test(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private boolean seemsWell(String node) {
        Long until = avoidedUntil.get(node);
        return until == null || until < System.currentTimeMillis();
    }

    /** Notes that a process did not answer in time. */
    void avoid(String node) {
        avoidedUntil.put(node, System.currentTimeMillis() + AVOID_MS);
    }

    /** Whether a process still belongs to the cluster. */
    boolean lives(String node) {
        return live.contains(node);
    }
}
