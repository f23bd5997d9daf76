package io.cloneplatform.common.launch;

import io.cloneplatform.common.bus.BusClient;
import io.cloneplatform.common.cluster.Presence;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.health.Readiness;
import io.cloneplatform.common.idempotency.Writes;
import io.cloneplatform.common.password.PasswordHasher;
import io.cloneplatform.common.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import java.util.Optional;

/**
 * What one process offers the services that run in it.
 *
 * @param vertx the Vert.x instance, clustered or not
 * @param config the process's configuration
 * @param bus asks operations, wherever they are
 * @param presence this process in the cluster; empty when it is alone
 * @param pool the process's connection pool
 * @param lookups for queries that take the database next to no time
 * @param writes runs state-changing operations
 * @param hasher the process's one hashing pool
 * @param readiness what {@code /health/ready} shows
 * @param departure what happens before the process stops
 * @param metrics the process's meters
 * @param tracing the process's spans
 */
public record Node(
        Vertx vertx,
        PlatformConfig config,
        BusClient bus,
        Optional<Presence> presence,
        Pool pool,
        SqlClient lookups,
        Writes writes,
        PasswordHasher hasher,
        Readiness readiness,
        Departure departure,
        MeterRegistry metrics,
        Tracing tracing) {}
