package io.cloneplatform.common.health;

import io.cloneplatform.common.json.Json;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/**
 * The management port of a process: {@code /health/live} (the process runs), {@code /health/ready} (it can serve) and
 * {@code /metrics} (Prometheus text). It carries no authentication and belongs on a private network.
 */
public final class ManagementServer {
    private final Vertx vertx;
    private final Readiness readiness;
    private final PrometheusMeterRegistry metrics;

    public ManagementServer(Vertx vertx, Readiness readiness, PrometheusMeterRegistry metrics) {
        this.vertx = vertx;
        this.readiness = readiness;
        this.metrics = metrics;
    }

    /** Starts to listen. */
    public Future<HttpServer> listen(String host, int port) {
        return vertx.createHttpServer(new HttpServerOptions().setHost(host).setPort(port))
                .requestHandler(this::route)
                .listen();
    }

    private void route(HttpServerRequest request) {
        switch (request.path()) {
            case "/health/live" -> answer(request, 200, Map.of("status", "ok"));
            case "/health/ready" ->
                answer(
                        request,
                        readiness.ready() ? 200 : 503,
                        Map.of("status", readiness.ready() ? "ok" : "degraded", "checks", readiness.states()));
            case "/metrics" -> scrape(request);
            default -> answer(request, 404, Map.of("error", "Not found"));
        }
    }

    private void scrape(HttpServerRequest request) {
        vertx.<String>executeBlocking(metrics::scrape, false)
                .onSuccess(text -> request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(text))
                .onFailure(failure -> answer(request, 500, Map.of("error", "Metrics cannot be read")));
    }

    private static void answer(HttpServerRequest request, int status, Map<String, ?> body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(Json.text(body));
    }
}
