package io.cloneplatform.gateway.observe;

import io.cloneplatform.common.bus.Trace;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.metrics.Counts;
import io.cloneplatform.common.metrics.Exemplars;
import io.cloneplatform.common.trace.Tracing;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Sees every request begin and end: counts it, times it, and writes its line of the log. */
public final class Visits {
    private static final Pattern REQUEST_ID = Pattern.compile("[\\x21-\\x7E]{1,128}");
    private static final int UNAUTHORIZED = 401;

    // What proxies call a client that left before its answer.
    private static final int CLIENT_LEFT = 499;

    private final Counts metrics;
    private final Tracing tracing;
    private final RouteMeters unknown;
    private final Runnable unauthorized;
    private final AtomicInteger inFlight = new AtomicInteger();

    /** Those of one gateway. */
    public Visits(Counts metrics, Tracing tracing) {
        this.metrics = metrics;
        this.tracing = tracing;
        this.unknown = new RouteMeters(metrics, "none");
        this.unauthorized =
                metrics.counter("clone.unauthorized", "Requests that were refused because nobody known made them");
        metrics.gauge("clone.http.requests.in.flight", "Requests that are not answered yet", inFlight::get);
    }

    /** Begins a visit: with the ids that its client sent, or with new ones; the request's id is echoed. */
    public Visit begin(RoutingContext context) {
        Visit known = Visit.of(context);
        if (known != null) {
            return known;
        }
        Visit visit = begin(context.request());
        tracing.name(visit.route().operation());
        visit.keepIn(context);
        context.response()
                .putHeader("x-request-id", visit.trace().requestId())
                .putHeader(HttpHeaders.DATE, HttpDate.now());
        inFlight.incrementAndGet();
        // A stream of HTTP/2 closes before its end is told, so a whole answer counts as one.
        context.addEndHandler(ended -> {
            inFlight.decrementAndGet();
            boolean answered = ended.succeeded() || context.response().ended();
            end(visit, answered ? context.response().getStatusCode() : CLIENT_LEFT);
        });
        return visit;
    }

    private Visit begin(HttpServerRequest request) {
        String id = request.getHeader("x-request-id");
        return new Visit(
                new Trace(
                        id != null && REQUEST_ID.matcher(id).matches()
                                ? id
                                : Ids.next().toString(),
                        tracing.current().orElseGet(() -> Trace.continued(request.getHeader("traceparent")))),
                unknown);
    }

    /** A visit of what is not HTTP; nothing of it is believed. */
    public Visit unreadable() {
        return new Visit(new Trace(Ids.next().toString(), Trace.continued(null)), unknown);
    }

    /** Says of which operation the requests are that a handler gets. */
    public Handler<RoutingContext> at(String operation, Handler<RoutingContext> handler) {
        RouteMeters route = new RouteMeters(metrics, operation);
        return context -> {
            Visit.of(context).at(route);
            tracing.name(operation);
            handler.handle(context);
        };
    }

    /** Counts and logs what was answered with a status. */
    public void end(Visit visit, int status) {
        long nanos = visit.nanos();
        Trace trace = visit.trace();
        Exemplars.during(trace.traceId(), trace.spanId(), () -> visit.route().record(nanos, status));
        if (status == UNAUTHORIZED) {
            unauthorized.run();
        }
        RequestLog.write(visit, status, nanos);
    }
}
