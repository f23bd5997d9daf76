package io.cloneplatform.common.db;

import io.cloneplatform.common.config.DatabaseConfig;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import java.util.concurrent.TimeUnit;

/** Opens the connection pool with every limit set: the database gives up before the caller does. */
public final class Database {
    private static final int MAX_WAIT_QUEUE = 2_000;
    private static final int CONNECT_TIMEOUT_MS = 1_500;
    private static final int LOOKUP_CONNECTIONS = 2;
    private static final int LOOKUPS_UNDER_WAY = 64;

    // Made by the migrations: a service can do nothing in the database that its operations do not need.
    private static final String ROLE = "clone_service";

    private Database() {}

    /**
     * A pool for one process, acting in the role of the services; needs a migrated database.
     *
     * @param application the name that the server shows for its connections
     */
    public static Pool pool(Vertx vertx, DatabaseConfig config, String application) {
        return pool(vertx, config, connect(config, application).addProperty("role", ROLE));
    }

    /**
     * A client for look-ups that take the database next to no time: a few connections that send one query behind another
     * without waiting for answers. A slow query would hold up those behind it.
     */
    public static SqlClient lookups(Vertx vertx, DatabaseConfig config, String application) {
        return PgBuilder.client()
                .with(options(Math.min(LOOKUP_CONNECTIONS, config.poolSize())))
                .with(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS))
                .connectingTo(
                        connect(config, application).addProperty("role", ROLE).setPipeliningLimit(LOOKUPS_UNDER_WAY))
                .using(vertx)
                .build();
    }

    /** A pool that acts as the user of the URL, for looking at a database that may not be migrated yet. */
    public static Pool ownerPool(Vertx vertx, DatabaseConfig config, String application) {
        return pool(vertx, config, connect(config, application));
    }

    private static PgConnectOptions connect(DatabaseConfig config, String application) {
        return PgConnectOptions.fromUri(config.url().value())
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(256)
                .addProperty("application_name", application)
                // Statements here are short and planned to be: compiling one costs a hundred times what it saves.
                .addProperty("jit", "off")
                .addProperty("statement_timeout", "2000")
                .addProperty("lock_timeout", "1500")
                .addProperty("idle_in_transaction_session_timeout", "5000");
    }

    private static Pool pool(Vertx vertx, DatabaseConfig config, PgConnectOptions connect) {
        return PgBuilder.pool()
                .with(options(config.poolSize()))
                .with(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS))
                .connectingTo(connect)
                .using(vertx)
                .build();
    }

    private static PoolOptions options(int connections) {
        return new PoolOptions()
                .setMaxSize(connections)
                .setMaxWaitQueueSize(MAX_WAIT_QUEUE)
                .setConnectionTimeout(1_800)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(10)
                .setIdleTimeoutUnit(TimeUnit.MINUTES);
    }
}
