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
import java.util.concurrent.TimeUnit;

/** One HTTP server of the gateway; several share the port. */
public final class GatewayVerticle extends VerticleBase {
    private static final int IDLE_SECONDS = 75;
    private static final int FINISH_SECONDS = 8;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_LINE_BYTES = 8 * 1024;

    private final Handler<HttpServerRequest> requests;
    private final String host;
    private final int port;
    private final Departure departure;
    private final Visits visits;

    public GatewayVerticle(
            Handler<HttpServerRequest> requests, String host, int port, Departure departure, Visits visits) {
        this.requests = requests;
        this.host = host;
        this.port = port;
        this.departure = departure;
        this.visits = visits;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setTracingPolicy(TracingPolicy.ALWAYS)
                .setTcpNoDelay(true);
        HttpServer server =
                vertx.createHttpServer(options).requestHandler(this::handle).invalidRequestHandler(this::refuseInvalid);
        departure.lastWork(() -> server.shutdown(FINISH_SECONDS, TimeUnit.SECONDS));
        return server.listen();
    }

    // Clients that are told so come back on another connection, and so to another gateway, before this one is gone.
    private void handle(HttpServerRequest request) {
        if (departure.begun()) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        requests.handle(request);
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
