package io.cloneplatform.gateway.http;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Whether every service behind the gateway can serve: asked over the bus four times a second, never on a client's time. */
public final class HealthMonitor {
    private static final List<String> SERVICES = List.of("auth", "earnings", "withdrawal", "premium", "support");
    private static final long PERIOD_MS = 250;
    private static final long ANSWER_LIMIT_MS = 900;

    private final Vertx vertx;
    private final BooleanSupplier gatewayUp;
    private final Map<String, Boolean> up = new ConcurrentHashMap<>();

    public HealthMonitor(Vertx vertx, BooleanSupplier gatewayUp) {
        this.vertx = vertx;
        this.gatewayUp = gatewayUp;
        SERVICES.forEach(service -> up.put(service, false));
    }

    /** Begins to ask. */
    public void start() {
        vertx.setPeriodic(0, PERIOD_MS, timer -> SERVICES.forEach(this::ask));
    }

    private void ask(String service) {
        vertx.eventBus()
                .<Boolean>request(Addresses.health(service), "", new DeliveryOptions().setSendTimeout(ANSWER_LIMIT_MS))
                .map(Message::body)
                .otherwise(false)
                .onSuccess(answer -> up.put(service, answer));
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
