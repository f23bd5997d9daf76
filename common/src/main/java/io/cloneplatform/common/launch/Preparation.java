package io.cloneplatform.common.launch;

import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.bus.Trace;
import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.db.Database;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.db.SchemaState;
import io.cloneplatform.common.idempotency.SealedKey;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.sqlclient.Pool;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens before a process serves, on event loops of its own: loading the classes of HTTP and of the database
 * client, which takes longer than an event loop that serves may block, and waiting for the schema.
 */
final class Preparation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);
    private static final long RETRY_MS = 500;

    static {
        // Netty's events for Java's Flight Recorder, which would be loaded for them alone.
        System.setProperty("io.netty.jfr.enabled", "false");
    }

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    /** Serves itself one request over HTTP, binds, encodes and compares one record, and seals one answer. */
    void warmUp() {
        Trace trace = Json.read(Json.bytes(new Trace("warm", null)), Trace.class);
        // The first record ever compared, printed or used as a key sets up the machinery of all.
        LOG.trace("{} {} {}", trace.equals(new Trace("cold", null)), trace.hashCode(), trace.toString());
        LOG.trace(Json.text(Json.object()));
        SealedKey key = new SealedKey(
                new Request("warm", Caller.anonymous("127.0.0.1"), Map.of(), Json.object(), "warm", 0, trace));
        key.open(key.seal(Json.bytes(trace)));
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.response().end("warm"))
                .listen(0, "127.0.0.1")
                .await();
        HttpClient client = vertx.createHttpClient();
        // On the event loop that the answer comes to: asked for from here, it may be over before anybody listens.
        Future.<Buffer>future(asked ->
                        vertx.runOnContext(loop -> client.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                                .compose(HttpClientRequest::send)
                                .compose(HttpClientResponse::body)
                                .onComplete(asked)))
                .await();
        client.close().await();
        server.close().await();
    }

    /**
     * Returns when the database has the schema of this build, or one of a later release that this build runs on.
     *
     * @throws StartException when a later release took something away that this build needs
     */
    void awaitSchema(DatabaseConfig database) {
        Pool pool = Database.ownerPool(vertx, database, "clone-preparation");
        String said = "";
        for (String missing = missing(pool); !missing.isEmpty(); missing = missing(pool)) {
            if (!missing.equals(said)) {
                LOG.info("Waiting: {}", missing);
            }
            said = missing;
            vertx.timer(RETRY_MS).await();
        }
        pool.close().await();
    }

    /** What the database lacks, in a sentence; empty when nothing does. */
    private static String missing(Pool pool) {
        return Schema.state(pool)
                .compose(
                        schema -> Future.succeededFuture(missing(schema)),
                        fault -> Future.succeededFuture("the database cannot be used (" + fault.getMessage() + ")"))
                .await();
    }

    private static String missing(SchemaState schema) {
        schema.refusal(Schema.VERSION).ifPresent(sentence -> {
            throw new StartException(sentence);
        });
        if (schema.isAhead(Schema.VERSION)) {
            LOG.info(
                    "The database has schema version {} of a later release, which runs this one too", schema.version());
        }
        return schema.isBehind(Schema.VERSION)
                ? "the database has schema version " + schema.version() + ", this build needs " + Schema.VERSION
                        + "; run ./clonectl migrate with DATABASE_URL set"
                : "";
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
