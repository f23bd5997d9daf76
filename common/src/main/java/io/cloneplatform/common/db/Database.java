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
    private static final int PATIENT_CONNECTIONS = 2;
    private static final int LOOKUPS_UNDER_WAY = 64;

    // A machine that hangs, or is cut off, says no good-bye: a connection on which nothing comes for that long is
    // given up. The pool lets go of those that nobody uses before.
    private static final int SILENCE_LIMIT_SECONDS = 15;
    private static final int UNUSED_LIMIT_SECONDS = 10;

    // No statement takes longer.
    private static final int PATIENCE_SECONDS = (int) TimeUnit.MINUTES.toSeconds(65);

    // Made by the migrations: a service can do nothing in the database that its operations do not need.
    private static final String ROLE = "clone_service";

    private Database() {}

    /**
     * A pool for one process, acting in the role of the services; needs a migrated database.
     *
     * @param application the name that the server shows for its connections
     */
    public static Pool pool(Vertx vertx, DatabaseConfig config, String application) {
        return pool(vertx, config.poolSize(), connectAsService(config, application), SILENCE_LIMIT_SECONDS);
    }

    /** A few connections for statements that take minutes, during which nothing comes; they raise their own timeout. */
    public static Pool patientPool(Vertx vertx, DatabaseConfig config, String application) {
        return pool(vertx, PATIENT_CONNECTIONS, connectAsService(config, application), PATIENCE_SECONDS);
    }

    /**
     * A client for look-ups that take the database next to no time: a few connections that send one query behind another
     * without waiting for answers. A slow query would hold up those behind it.
     */
    public static SqlClient lookups(Vertx vertx, DatabaseConfig config, String application) {
        return PgBuilder.client()
                .with(options(Math.min(LOOKUP_CONNECTIONS, config.poolSize())))
                .with(network(SILENCE_LIMIT_SECONDS))
                .connectingTo(connectAsService(config, application).setPipeliningLimit(LOOKUPS_UNDER_WAY))
                .using(vertx)
                .build();
    }

    /** A pool that acts as the user of the URL, for looking at a database that may not be migrated yet. */
    public static Pool ownerPool(Vertx vertx, DatabaseConfig config, String application) {
        return pool(vertx, config.poolSize(), connect(config, application), SILENCE_LIMIT_SECONDS);
    }

    private static PgConnectOptions connectAsService(DatabaseConfig config, String application) {
        return connect(config, application).addProperty("role", ROLE);
    }

    private static PgConnectOptions connect(DatabaseConfig config, String application) {
        return PgConnectOptions.fromUri(config.url().value())
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(256)
                .addProperty("application_name", application)
                // A server in recovery refuses that, and so the session: it would answer reads, perhaps with old news.
                .addProperty("transaction_read_only", "off")
                // Statements here are short and planned to be: compiling one costs a hundred times what it saves.
                .addProperty("jit", "off")
                .addProperty("statement_timeout", "2000")
                .addProperty("lock_timeout", "1500")
                .addProperty("idle_in_transaction_session_timeout", "5000");
    }

    private static Pool pool(Vertx vertx, int connections, PgConnectOptions connect, int silenceSeconds) {
        return PgBuilder.pool()
                .with(options(connections))
                .with(network(silenceSeconds))
                .connectingTo(connect)
                .using(vertx)
                .build();
    }

    private static NetClientOptions network(int silenceSeconds) {
        return new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS).setReadIdleTimeout(silenceSeconds);
    }

    private static PoolOptions options(int connections) {
        return new PoolOptions()
                .setMaxSize(connections)
                .setMaxWaitQueueSize(MAX_WAIT_QUEUE)
                .setConnectionTimeout(1_800)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(UNUSED_LIMIT_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }
}
