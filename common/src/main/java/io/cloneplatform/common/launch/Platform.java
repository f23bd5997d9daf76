package io.cloneplatform.common.launch;

import com.hazelcast.core.HazelcastException;
import io.cloneplatform.common.audit.AuditLog;
import io.cloneplatform.common.bus.BusClient;
import io.cloneplatform.common.bus.LocalBus;
import io.cloneplatform.common.bus.MeasuredBus;
import io.cloneplatform.common.cluster.Cluster;
import io.cloneplatform.common.cluster.ClusterBus;
import io.cloneplatform.common.cluster.Peers;
import io.cloneplatform.common.cluster.Presence;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.count.Folding;
import io.cloneplatform.common.db.Database;
import io.cloneplatform.common.health.ManagementServer;
import io.cloneplatform.common.health.Readiness;
import io.cloneplatform.common.idempotency.IdempotencyStore;
import io.cloneplatform.common.idempotency.Writes;
import io.cloneplatform.common.metrics.Counts;
import io.cloneplatform.common.metrics.Registry;
import io.cloneplatform.common.password.PasswordHasher;
import io.cloneplatform.common.trace.Tracing;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running process of the platform: Vert.x, a pool, a management port, and the services deployed on them. */
public final class Platform implements AutoCloseable {
    /** The name under which readiness shows the database. */
    static final String DATABASE = "database";

    private static final String SERVICES = "services";
    private static final Logger LOG = LoggerFactory.getLogger(Platform.class);
    private static final long SWEEP_MS = TimeUnit.MINUTES.toMillis(10);
    private static final long DEPART_LIMIT_SECONDS = 10;
    private static final long STOP_LIMIT_SECONDS = 8;
    private static final int JOIN_ATTEMPTS = 5;
    private static final int FIRST_CONNECTIONS = 4;
    private static final int CONNECT_ATTEMPTS = 20;

    private final Vertx vertx;
    private final LoopWatch loops;
    private final LoopLag lag;
    private final PlatformConfig config;
    private final PrometheusMeterRegistry metrics;
    private final Tracing tracing;
    private final Optional<Cluster> cluster;
    private final Readiness readiness;
    private final Departure departure;
    private final Optional<Presence> presence;

    private Platform(PlatformConfig config, PrometheusMeterRegistry metrics, Tracing tracing) {
        this.config = config;
        this.metrics = metrics;
        this.tracing = tracing;
        this.cluster = config.cluster().on() ? Optional.of(new Cluster(config.cluster())) : Optional.empty();
        this.vertx = VertxStart.start(config, metrics, tracing, cluster);
        this.loops = new LoopWatch(vertx, metrics);
        this.lag = new LoopLag(vertx, new Counts(metrics));
        this.readiness = new Readiness(vertx);
        this.departure = new Departure(vertx, config.stopNoticeMs());
        this.presence = cluster.map(
                joined -> new Presence(vertx, joined, readiness, metrics.counter("clone.bus.repairs")::increment));
    }

    /**
     * Starts a process and returns when every service serves; waits for a database or a schema that is not there yet.
     * Blocks, so only for {@code main} and tests.
     *
     * @throws StartException when a later release took something away from the database that this build needs
     */
    public static Platform start(PlatformConfig config, String name, List<? extends ServiceModule> modules) {
        return start(config, name, modules, Tracing.of(config.tracing(), name));
    }

    /** Starts a process whose spans go elsewhere than the configuration says, for tests that look at them. */
    public static Platform start(
            PlatformConfig config, String name, List<? extends ServiceModule> modules, Tracing tracing) {
        try (Preparation preparation = new Preparation()) {
            preparation.warmUp();
            Platform platform = join(config, tracing, 1);
            platform.launchOrClose(name, modules, preparation);
            return platform;
        }
    }

    // Many that join at once keep each other waiting, now and then for too long.
    private static Platform join(PlatformConfig config, Tracing tracing, int attempt) {
        try {
            return new Platform(config, Registry.create(), tracing);
        } catch (HazelcastException e) {
            if (attempt == JOIN_ATTEMPTS) {
                throw e;
            }
            LOG.warn(
                    "The cluster was not joined, trying again: {}", e.getClass().getSimpleName());
            return join(config, tracing, attempt + 1);
        }
    }

    private void launchOrClose(String name, List<? extends ServiceModule> modules, Preparation preparation) {
        try {
            listen(name);
            preparation.awaitSchema(config.database());
            deploy(name, modules);
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private void listen(String name) {
        readiness.set(SERVICES, false);
        String version = Optional.ofNullable(Platform.class.getPackage().getImplementationVersion())
                .orElse("not packaged");
        new Counts(metrics)
                .gauge(
                        "clone.build.info",
                        "The build that runs; always 1",
                        () -> Optional.of(1),
                        "version",
                        version,
                        "service",
                        name);
        BusClient.registerCodecs(vertx);
        new ManagementServer(vertx, readiness, metrics)
                .listen(config.httpHost(), config.managementPort())
                .await();
    }

    private void deploy(String name, List<? extends ServiceModule> modules) {
        Pool pool = Database.pool(vertx, config.database(), "clone-" + name);
        openConnections(pool, Math.min(FIRST_CONNECTIONS, config.database().poolSize()));
        Node node = node(pool, Database.lookups(vertx, config.database(), "clone-" + name));
        readiness.watch(DATABASE, () -> pool.query("SELECT 1").execute().map(rows -> rows.size() == 1));
        presence.ifPresent(here -> {
            departure.notice(() ->
                    Future.succeededFuture().onSuccess(begun -> here.leave()).mapEmpty());
            here.start().await();
            new Counts(metrics).gauge("clone.cluster.processes", "Processes of the cluster that live", here::processes);
        });
        Future.all(modules.stream().map(module -> module.deploy(node)).toList()).await();
        readiness.set(SERVICES, true);
        Chore.again(node, Folding.PAUSE_MS, "What changed was not counted together", () -> Folding.fold(pool));
        IdempotencyStore keys = new IdempotencyStore();
        Chore.every(node, SWEEP_MS, "Old idempotency keys were not removed", () -> keys.sweep(pool));
    }

    private Node node(Pool pool, SqlClient lookups) {
        return new Node(
                vertx,
                config,
                new MeasuredBus(bus(), new Counts(metrics)),
                presence,
                pool,
                lookups,
                new Writes(pool, lookups, new IdempotencyStore(), new AuditLog()),
                new PasswordHasher(vertx, Runtime.getRuntime().availableProcessors(), new Counts(metrics)),
                readiness,
                departure,
                metrics,
                tracing);
    }

    private BusClient bus() {
        if (cluster.isEmpty()) {
            return new LocalBus(vertx);
        }
        Peers peers = new Peers(vertx, cluster.get());
        peers.start().await();
        return new ClusterBus(vertx, peers);
    }

    // One after the other: signing in to PostgreSQL costs CPU, and services that all begin at once would wait in vain.
    private static void openConnections(Pool pool, int wanted) {
        Deque<SqlConnection> opened = new ArrayDeque<>();
        for (int attempt = 0; opened.size() < wanted && attempt < CONNECT_ATTEMPTS; attempt++) {
            pool.getConnection().onSuccess(opened::add).otherwiseEmpty().await();
        }
        opened.forEach(connection -> connection.close().await());
    }

    /** The Vert.x instance, for tests that talk to the bus. */
    public Vertx vertx() {
        return vertx;
    }

    /** Returns when only a new start will help; never for a process that is alone. Blocks, so only for {@code main}. */
    public void awaitBroken() {
        presence.map(Presence::broken)
                .orElseGet(() -> Future.future(never -> {}))
                .await();
    }

    /** Says that it wants no more work, finishes what is under way, leaves the cluster, and waits until all is done. */
    @Override
    public void close() {
        readiness.set(SERVICES, false);
        await(departure.begin(), DEPART_LIMIT_SECONDS, "finished");
        await(vertx.close(), STOP_LIMIT_SECONDS, "stopped");
        loops.close();
        lag.close();
        tracing.close();
    }

    private static void await(Future<Void> end, long limitSeconds, String what) {
        try {
            end.await(limitSeconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("Not everything was {} within {} s", what, limitSeconds);
        }
    }
}
