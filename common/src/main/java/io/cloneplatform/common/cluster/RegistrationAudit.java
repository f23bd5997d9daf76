package io.cloneplatform.common.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the bus's shared map of who serves what against what is true: registrations of processes that live no more are
 * dropped, and own ones that got lost, as may happen when processes die together or networks heal, are made again.
 */
final class RegistrationAudit {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrationAudit.class);

    private final Vertx vertx;
    private final Cluster cluster;
    private final Runnable onRepair;
    private final Map<String, Set<RegistrationInfo>> own = new ConcurrentHashMap<>();
    private Set<String> suspected = Set.of(); // only inside inspect, which runs once at a time

    /**
     * An audit that has not looked yet.
     *
     * @param onRepair told each time something was mended
     */
    RegistrationAudit(Vertx vertx, Cluster cluster, Runnable onRepair) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.onRepair = onRepair;
    }

    /** Adds an address at which this process is registered; looks at once, for what is lost later must be known before. */
    void keep(String address) {
        own.putIfAbsent(address, ConcurrentHashMap.newKeySet());
        cluster.registrations(address).onSuccess(found -> remember(address, found));
    }

    private Set<RegistrationInfo> remember(String address, List<RegistrationInfo> found) {
        Set<RegistrationInfo> known = own.get(address);
        found.stream().filter(this::isOwn).forEach(known::add);
        return known;
    }

    /**
     * Looks once and mends what is wrong; says whether all was well before.
     *
     * @param wanted whether this process still wants to be registered
     */
    Future<Boolean> run(BooleanSupplier wanted) {
        return Future.join(own.keySet().stream()
                        .map(address -> keepOwn(address, wanted))
                        .toList())
                .map(looked -> looked.<Boolean>list().stream().allMatch(well -> well))
                .compose(well -> vertx.executeBlocking(this::inspect, false).map(others -> well && others));
    }

    private Future<Boolean> keepOwn(String address, BooleanSupplier wanted) {
        return cluster.registrations(address).compose(found -> {
            List<RegistrationInfo> lost = remember(address, found).stream()
                    .filter(one -> !found.contains(one))
                    .toList();
            return lost.isEmpty() || !wanted.getAsBoolean()
                    ? Future.succeededFuture(lost.isEmpty())
                    : registerAgain(address, lost);
        });
    }

    private Future<Boolean> registerAgain(String address, List<RegistrationInfo> lost) {
        LOG.warn("{} own registrations at {} were lost; making them again", lost.size(), address);
        onRepair.run();
        return Future.join(
                        lost.stream().map(one -> cluster.register(address, one)).toList())
                .map(false);
    }

    private boolean isOwn(RegistrationInfo registration) {
        return registration.nodeId().equals(cluster.nodeId()) && !registration.localOnly();
    }

    // Twice in a row: a process that joins right now may be in the map before it is in the list.
    private boolean inspect() {
        Set<String> stale = new HashSet<>(cluster.registered());
        stale.removeAll(cluster.live());
        for (String nodeId : stale) {
            if (suspected.contains(nodeId)) {
                LOG.warn("Dropped {} registrations of {}, which lives no more", cluster.forget(nodeId), nodeId);
                onRepair.run();
            }
        }
        suspected = stale;
        return cluster.announceNode() && stale.isEmpty();
    }
}
