package io.cloneplatform.gateway.observe;

import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.Trace;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** One request from its arrival to the end of its answer, used by its event loop alone. */
public final class Visit {
    private static final String KEY = "visit";

    private final long startNanos = System.nanoTime();
    private final Trace trace;
    private RouteMeters route;
    private String caller = "public";

    Visit(Trace trace, RouteMeters route) {
        this.trace = trace;
        this.route = route;
    }

    /** The visit that a request is, once it has begun. */
    public static Visit of(RoutingContext context) {
        return context.get(KEY);
    }

    void keepIn(RoutingContext context) {
        context.put(KEY, this);
    }

    /** Its ids. */
    public Trace trace() {
        return trace;
    }

    void at(RouteMeters operation) {
        route = operation;
    }

    /** Says who calls, as far as others may know: the kind alone. */
    public void by(Caller known) {
        caller = Caller.ADMIN_KEY_ID.equals(known.id())
                ? "key"
                : known.kind().name().toLowerCase(Locale.ROOT);
    }

    RouteMeters route() {
        return route;
    }

    String caller() {
        return caller;
    }

    long nanos() {
        return System.nanoTime() - startNanos;
    }
}
