package io.cloneplatform.common.launch;

import io.cloneplatform.common.audit.AuditLog;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.health.Readiness;
import io.cloneplatform.common.idempotency.IdempotencyStore;
import io.cloneplatform.common.idempotency.Writes;
import io.cloneplatform.common.password.PasswordHasher;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;

/**
 * What one process offers the services that run in it.
 *
 * @param vertx the Vert.x instance, clustered or not
 * @param config the process's configuration
 * @param pool the process's connection pool
 * @param lookups for queries that take the database next to no time
 * @param writes runs state-changing operations
 * @param hasher the process's one hashing pool
 * @param readiness what {@code /health/ready} shows
 * @param metrics the process's meters
 */
public record Node(
        Vertx vertx,
        PlatformConfig config,
        Pool pool,
        SqlClient lookups,
        Writes writes,
        PasswordHasher hasher,
        Readiness readiness,
        MeterRegistry metrics) {

    static Node of(
            Vertx vertx,
            PlatformConfig config,
            Pool pool,
            SqlClient lookups,
            Readiness readiness,
            MeterRegistry metrics) {
        return new Node(
                vertx,
                config,
                pool,
                lookups,
                new Writes(pool, lookups, new IdempotencyStore(), new AuditLog()),
                new PasswordHasher(vertx, Runtime.getRuntime().availableProcessors()),
                readiness,
                metrics);
    }
}
