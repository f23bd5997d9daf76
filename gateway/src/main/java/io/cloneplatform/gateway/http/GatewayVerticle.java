package io.cloneplatform.gateway.http;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Trace;
import io.cloneplatform.common.launch.Departure;
import io.cloneplatform.gateway.observe.Visit;
import io.cloneplatform.gateway.observe.Visits;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.tracing.TracingPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One HTTP server of the gateway; several share the port. */
public final class GatewayVerticle extends VerticleBase {
    private static final long SWEEP_MS = 1_000;
    private static final int FINISH_SECONDS = 8;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_LINE_BYTES = 8 * 1024;

    private static final List<Map.Entry<CharSequence, CharSequence>> ALWAYS = List.of(
            header("X-Content-Type-Options", "nosniff"),
            header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            header("Cross-Origin-Resource-Policy", "same-origin"),
            header("Referrer-Policy", "no-referrer"));
    private static final String A_YEAR = "max-age=31536000";

    private final Handler<HttpServerRequest> requests;
    private final Connections connections;
    private final Endpoint endpoint;
    private final Departure departure;
    private final Visits visits;

    public GatewayVerticle(Handler<HttpServerRequest> requests, Endpoint endpoint, Departure departure, Visits visits) {
        this.requests = requests;
        this.endpoint = endpoint;
        this.connections = new Connections(endpoint.admission());
        this.departure = departure;
        this.visits = visits;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setHttp2ClearTextEnabled(false)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setTracingPolicy(TracingPolicy.ALWAYS)
                .setTcpNoDelay(true);
        endpoint.certificate().ifPresent(certificate -> certificate.configure(options));
        HttpServer server = vertx.createHttpServer(options)
                .connectionHandler(connections::opened)
                .requestHandler(this::handle)
                .invalidRequestHandler(this::refuseInvalid);
        vertx.setPeriodic(SWEEP_MS, timer -> connections.sweep());
        endpoint.certificate().ifPresent(certificate -> certificate.onChange(server));
        departure.lastWork(() -> server.shutdown(FINISH_SECONDS, TimeUnit.SECONDS));
        return server.listen();
    }

    private static Map.Entry<CharSequence, CharSequence> header(String name, String value) {
        return Map.entry(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
    }

    // Clients that are told so come back on another connection, and so to another gateway, before this one is gone.
    private void handle(HttpServerRequest request) {
        if (!connections.asked(request)) {
            return;
        }
        ALWAYS.forEach(header -> request.response().putHeader(header.getKey(), header.getValue()));
        if (endpoint.certificate().isPresent()) {
            request.response().putHeader("Strict-Transport-Security", A_YEAR);
        }
        String coding = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
        if (departure.begun() || coding != null) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        if (coding == null || coding.equalsIgnoreCase("chunked")) {
            requests.handle(request);
        } else {
            refuseInvalid(request);
        }
    }

    // What is not HTTP never reaches a router, and still gets the form of every other error.
    private void refuseInvalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        ErrorCode code = cause instanceof TooLongHttpLineException
                ? ErrorCode.URI_TOO_LONG
                : cause instanceof TooLongHttpHeaderException ? ErrorCode.HEADERS_TOO_LARGE : ErrorCode.BODY_MALFORMED;
        Visit visit = visits.unreadable();
        Trace trace = visit.trace();
        Reply.Refused refusal = (Reply.Refused) Reply.refuse(code, "The request cannot be read");
        request.response()
                .setStatusCode(code.status())
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("x-request-id", trace.requestId())
                .putHeader("Connection", "close")
                .end(Buffer.buffer(Exchange.problem(refusal, "/", trace)))
                .onComplete(done -> {
                    visits.end(visit, code.status());
                    request.connection().close();
                });
    }
}
