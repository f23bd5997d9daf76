package io.cloneplatform.common.health;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.tracing.TracingPolicy;
import java.util.Map;

/**
 * The management port of a process: {@code /health/live} (the process runs), {@code /health/ready} (it can serve) and
 * {@code /metrics} (Prometheus text, or OpenMetrics with exemplars for those who accept it) and
 * {@code /loggers} (levels of the log). It carries no authentication and belongs on a private network.
 */
public final class ManagementServer {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final int IDLE_SECONDS = 75;

    private final Vertx vertx;
    private final Readiness readiness;
    private final PrometheusMeterRegistry metrics;
    private final LevelRoutes levels = new LevelRoutes();

    public ManagementServer(Vertx vertx, Readiness readiness, PrometheusMeterRegistry metrics) {
        this.vertx = vertx;
        this.readiness = readiness;
        this.metrics = metrics;
    }

    /** Starts to listen. */
    public Future<HttpServer> listen(String host, int port) {
        return vertx.createHttpServer(new HttpServerOptions()
                        .setHost(host)
                        .setPort(port)
                        .setIdleTimeout(IDLE_SECONDS)
                        .setTracingPolicy(TracingPolicy.IGNORE))
                .requestHandler(this::route)
                .listen();
    }

    private void route(HttpServerRequest request) {
        switch (request.path() == null ? "" : request.path()) {
            case "/health/live" -> Answers.json(request, 200, Map.of("status", "ok"));
            case "/health/ready" ->
                Answers.json(
                        request,
                        readiness.ready() ? 200 : 503,
                        Map.of("status", readiness.ready() ? "ok" : "degraded", "checks", readiness.states()));
            case "/metrics" -> scrape(request);
            default -> other(request);
        }
    }

    private void other(HttpServerRequest request) {
        if (request.path() != null && LevelRoutes.serves(request.path())) {
            levels.route(request);
        } else {
            Answers.refuse(request, 404, "Not found");
        }
    }

    private void scrape(HttpServerRequest request) {
        String accepted = request.getHeader("Accept");
        String format = accepted != null && accepted.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
        vertx.<String>executeBlocking(() -> metrics.scrape(format), false)
                .onSuccess(text ->
                        request.response().putHeader("Content-Type", format).end(text))
                .onFailure(failure -> Answers.refuse(request, 500, "Metrics cannot be read"));
    }
}
