package io.cloneplatform.common.cluster;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.health.Readiness;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process in the cluster: whether others reach it, and whether the bus knows what it serves. It mends what it can; a
 * process that stays unreachable turns unready, and after a while asks to be started anew.
 */
public final class Presence {
    /** The name under which readiness shows membership. */
    public static final String JOINED = "cluster";

    /** The name under which readiness shows whether others reach this process. */
    public static final String REACHED = "bus";

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final long PROBE_MS = 2_000;
    private static final long AUDIT_MS = 5_000;

    // Longer than it takes to notice that the only other process is frozen: that is not this one's fault.
    private static final int UNREADY_AFTER = 5;
    private static final int BROKEN_AFTER = 20;

    private final Vertx vertx;
    private final Cluster cluster;
    private final Readiness readiness;
    private final BusProbe probe;
    private final RegistrationAudit audit;
    private final AtomicInteger failures = new AtomicInteger();
    private final Promise<Void> broken = Promise.promise();
    private volatile boolean leaving;

    /**
     * A presence that is not checked yet.
     *
     * @param onRepair told each time something was mended
     */
    public Presence(Vertx vertx, Cluster cluster, Readiness readiness, Runnable onRepair) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.readiness = readiness;
        this.probe = new BusProbe(vertx, cluster);
        this.audit = new RegistrationAudit(vertx, cluster, onRepair);
    }

    /** The cluster it is a part of. */
    public Cluster cluster() {
        return cluster;
    }

    /** The id of this process in the cluster. */
    public String nodeId() {
        return cluster.nodeId();
    }

    /** How many processes live in the cluster, this one included. */
    public long processes() {
        return cluster.live().size();
    }

    /** Completes when nothing but a new start will help. */
    public Future<Void> broken() {
        return broken.future();
    }

    /** Makes sure that this process stays registered at an address at which it is registered now. */
    public void keep(String address) {
        audit.keep(address);
    }

    /** Tells everybody that no more work is wanted; what was kept may be given up from now on. */
    public void leave() {
        leaving = true;
        vertx.eventBus().publish(Addresses.EVENT_LEAVING, nodeId());
    }

    /** Begins to look. */
    public Future<Void> start() {
        readiness.set(JOINED, cluster.joined());
        readiness.set(REACHED, true);
        return probe.start().onSuccess(started -> {
            keep(Addresses.probe(nodeId()));
            vertx.setPeriodic(PROBE_MS, timer -> probe());
            auditAgain();
        });
    }

    private void probe() {
        readiness.set(JOINED, cluster.joined());
        probe.reached().onSuccess(reached -> note(reached && cluster.joined()));
    }

    private void note(boolean well) {
        int failed = well ? 0 : failures.incrementAndGet();
        failures.set(failed);
        readiness.set(REACHED, failed < UNREADY_AFTER);
        if (failed == UNREADY_AFTER) {
            LOG.error("Others do not reach this process over the bus");
        }
        if (failed == BROKEN_AFTER) {
            broken.tryComplete();
        }
    }

    private void auditAgain() {
        vertx.timer(AUDIT_MS)
                .compose(elapsed -> leaving ? Future.succeededFuture(true) : audit.run(() -> !leaving))
                .onFailure(failure -> {
                    if (!leaving) {
                        LOG.warn("The bus's registrations were not looked through: {}", failure.toString());
                    }
                })
                .onComplete(done -> auditAgain());
    }
}
