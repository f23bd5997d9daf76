package io.cloneplatform.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.BusClient;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.LocalBus;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.bus.Trace;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Set;

/**
 * Calls operations as the gateway would. Each state-changing call has its own idempotency key, the same in every run, so
 * that seeding again after an interruption goes on where it ended.
 */
final class DemoCalls {
    private static final long LIMIT_MS = 10_000;
    private static final String LOCAL = "127.0.0.1";

    static final Caller ANYONE = Caller.anonymous(LOCAL);
    static final Caller ADMIN = new Caller(Caller.Kind.ADMIN, "demo", "Demo", null, Set.of("*"), LOCAL);

    private final BusClient bus;
    private int step;

    DemoCalls(Vertx vertx) {
        this.bus = new LocalBus(vertx);
    }

    /** A demo operation that was refused: why. */
    static final class Refused extends RuntimeException {
        Refused(String operation, String reason) {
            super(operation + ": " + reason);
        }
    }

    static Caller member(String id, String name) {
        return new Caller(Caller.Kind.MEMBER, id, name, null, Set.of(), LOCAL);
    }

    /** Asks for something. */
    JsonNode read(Caller caller, String operation, Map<String, String> params) {
        return call(caller, operation, params, null, null);
    }

    /** Does something that takes a body. */
    JsonNode write(Caller caller, String operation, JsonNode body) {
        return call(caller, operation, Map.of(), body, nextKey());
    }

    /** Does something to a thing that the path names; the body may be null. */
    JsonNode write(Caller caller, String operation, String id, JsonNode body) {
        return call(caller, operation, Map.of("id", id), body, nextKey());
    }

    private String nextKey() {
        step++;
        return "demo-seed-step-" + step;
    }

    private JsonNode call(Caller caller, String operation, Map<String, String> params, JsonNode body, String key) {
        Request request = new Request(
                operation,
                caller,
                params,
                body,
                key,
                System.currentTimeMillis() + LIMIT_MS,
                new Trace("demo-" + operation, null));
        Reply reply = bus.request(request).await();
        if (reply instanceof Reply.Done done) {
            return Json.read(done.body(), JsonNode.class);
        }
        throw new Refused(operation, ((Reply.Refused) reply).message());
    }
}
