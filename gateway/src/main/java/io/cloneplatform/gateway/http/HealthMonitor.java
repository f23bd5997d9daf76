package io.cloneplatform.gateway.http;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.BusClient;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.bus.Trace;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Whether every service behind the gateway can serve: asked over the bus four times a second, never on a client's time. */
public final class HealthMonitor {
    private static final long PERIOD_MS = 250;
    private static final long ANSWER_LIMIT_MS = 900;

    private final Vertx vertx;
    private final BusClient bus;
    private final BooleanSupplier gatewayUp;
    private final Map<String, Boolean> up = new ConcurrentHashMap<>();

    public HealthMonitor(Vertx vertx, BusClient bus, BooleanSupplier gatewayUp) {
        this.vertx = vertx;
        this.bus = bus;
        this.gatewayUp = gatewayUp;
        Addresses.services().forEach(service -> up.put(service, false));
    }

    /** Begins to ask. */
    public void start() {
        vertx.setPeriodic(0, PERIOD_MS, timer -> Addresses.services().forEach(this::ask));
    }

    private void ask(String service) {
        Request question = new Request(
                Addresses.health(service),
                Caller.anonymous("gateway"),
                Map.of(),
                null,
                null,
                System.currentTimeMillis() + ANSWER_LIMIT_MS,
                new Trace("health", null));
        bus.request(question, true).onSuccess(answer -> up.put(service, answer instanceof Reply.Done));
    }

    /** Answers {@code GET /health}. */
    void answer(RoutingContext context) {
        Map<String, Boolean> states = new TreeMap<>(up);
        states.put("gateway", gatewayUp.getAsBoolean());
        boolean ok = !states.containsValue(false);
        byte[] body = ok
                ? Json.bytes(Map.of("status", "ok"))
                : Json.bytes(new TreeMap<>(Map.of("status", "degraded", "services", states)));
        if (!ok) {
            context.response().putHeader("Retry-After", "1");
        }
        Exchange.json(context, ok ? 200 : 503, body);
    }
}
