package io.cloneplatform.common.launch;

import io.cloneplatform.common.bus.BusClient;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.db.Database;
import io.cloneplatform.common.health.ManagementServer;
import io.cloneplatform.common.health.Readiness;
import io.cloneplatform.common.idempotency.IdempotencyStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running process of the platform: Vert.x, a pool, a management port, and the services deployed on them. */
public final class Platform implements AutoCloseable {
    /** The name under which readiness shows the database. */
    static final String DATABASE = "database";

    private static final Logger LOG = LoggerFactory.getLogger(Platform.class);
    private static final long EVENT_LOOP_LIMIT_MS = 50;
    private static final long SWEEP_MS = TimeUnit.MINUTES.toMillis(10);
    private static final long STOP_LIMIT_SECONDS = 20;
    private static final int FIRST_CONNECTIONS = 4;
    private static final int CONNECT_ATTEMPTS = 20;

    private final Vertx vertx;
    private final Readiness readiness;

    private Platform(Vertx vertx, Readiness readiness) {
        this.vertx = vertx;
        this.readiness = readiness;
    }

    /**
     * Starts a process and returns when every service serves; waits for a database or a schema that is not there yet.
     * Blocks, so only for {@code main} and tests.
     *
     * @throws StartException when the database was migrated by a newer release
     */
    public static Platform start(PlatformConfig config, String name, List<? extends ServiceModule> modules) {
        try (Preparation preparation = new Preparation()) {
            preparation.warmUp();
            PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            Vertx vertx = vertx(config, metrics);
            Platform platform = new Platform(vertx, new Readiness(vertx));
            platform.launchOrClose(config, name, modules, metrics, preparation);
            return platform;
        }
    }

    private void launchOrClose(
            PlatformConfig config,
            String name,
            List<? extends ServiceModule> modules,
            PrometheusMeterRegistry metrics,
            Preparation preparation) {
        try {
            listen(config, metrics);
            preparation.awaitSchema(config.database());
            deploy(config, name, modules, metrics);
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private void listen(PlatformConfig config, PrometheusMeterRegistry metrics) {
        readiness.set("services", false);
        BusClient.registerCodecs(vertx);
        new ManagementServer(vertx, readiness, metrics)
                .listen(config.httpHost(), config.managementPort())
                .await();
    }

    private void deploy(
            PlatformConfig config,
            String name,
            List<? extends ServiceModule> modules,
            PrometheusMeterRegistry metrics) {
        Pool pool = Database.pool(vertx, config.database(), "clone-" + name);
        openConnections(pool, Math.min(FIRST_CONNECTIONS, config.database().poolSize()));
        Node node = Node.of(
                vertx, config, pool, Database.lookups(vertx, config.database(), "clone-" + name), readiness, metrics);
        readiness.watch(DATABASE, () -> pool.query("SELECT 1").execute().map(rows -> rows.size() == 1));
        Future.all(modules.stream().map(module -> module.deploy(node)).toList()).await();
        readiness.set("services", true);
        IdempotencyStore keys = new IdempotencyStore();
        vertx.setPeriodic(SWEEP_MS, timer -> keys.sweep(pool)
                .onFailure(failure -> LOG.warn("Old idempotency keys were not removed: {}", failure.toString())));
    }

    // One after the other: signing in to PostgreSQL costs CPU, and services that all begin at once would wait in vain.
    private static void openConnections(Pool pool, int wanted) {
        Deque<SqlConnection> opened = new ArrayDeque<>();
        for (int attempt = 0; opened.size() < wanted && attempt < CONNECT_ATTEMPTS; attempt++) {
            pool.getConnection().onSuccess(opened::add).otherwiseEmpty().await();
        }
        opened.forEach(connection -> connection.close().await());
    }

    private static Vertx vertx(PlatformConfig config, PrometheusMeterRegistry metrics) {
        VertxOptions options = new VertxOptions()
                .setMaxEventLoopExecuteTime(EVENT_LOOP_LIMIT_MS)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setBlockedThreadCheckInterval(EVENT_LOOP_LIMIT_MS)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
                .setWarningExceptionTime(EVENT_LOOP_LIMIT_MS)
                .setWarningExceptionTimeUnit(TimeUnit.MILLISECONDS)
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(4)
                .setMetricsOptions(
                        new MicrometerMetricsOptions().setEnabled(true).setJvmMetricsEnabled(true));
        options.getEventBusOptions().setHost(config.cluster().host());
        VertxBuilder builder = Vertx.builder().withMetrics(new MicrometerMetricsFactory(metrics));
        return config.cluster().on()
                ? builder.with(options)
                        .withClusterManager(Cluster.manager(config.cluster()))
                        .buildClustered()
                        .await()
                : builder.with(options).build();
    }

    /** The Vert.x instance, for tests that talk to the bus. */
    public Vertx vertx() {
        return vertx;
    }

    /** Stops serving, leaves the cluster and waits until it is done. */
    @Override
    public void close() {
        readiness.set("services", false);
        try {
            vertx.close().await(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("Not everything stopped within {} s", STOP_LIMIT_SECONDS);
        }
    }
}
