package io.cloneplatform.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.BusClient;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.gateway.caller.Callers;
import io.cloneplatform.gateway.caller.ClientAddress;
import io.cloneplatform.gateway.caller.Denials;
import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.limit.Limits;
import io.cloneplatform.gateway.observe.Visit;
import io.cloneplatform.gateway.validate.BadInput;
import io.cloneplatform.gateway.validate.Validator;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Takes one HTTP request to the bus and back: who calls, is it well formed, one bus request, the answer. */
public final class Dispatcher {
    private static final int MAX_IN_FLIGHT = 4_000;
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private final BusClient bus;
    private final Callers callers;
    private final ClientAddress addresses;
    private final Limits limits;
    private final Denials denials;
    private final long timeoutMs;
    private final AtomicInteger inFlight = new AtomicInteger();

    public Dispatcher(BusClient bus, Callers callers, ClientAddress addresses, Limits limits, long timeoutMs) {
        this.bus = bus;
        this.callers = callers;
        this.addresses = addresses;
        this.limits = limits;
        this.denials = new Denials(bus);
        this.timeoutMs = timeoutMs;
    }

    void dispatch(RoutingContext context, ApiOperation operation, Validator validator) {
        if (inFlight.incrementAndGet() > MAX_IN_FLIGHT) {
            inFlight.decrementAndGet();
            Exchange.refuse(context, ErrorCode.OVERLOADED, "Too much to do right now; try again in a moment");
            return;
        }
        reply(context, operation, validator)
                .onComplete(done -> inFlight.decrementAndGet())
                .onSuccess(reply -> Exchange.answer(context, reply))
                .onFailure(context::fail);
    }

    private Future<Reply> reply(RoutingContext context, ApiOperation operation, Validator validator) {
        String authorization = context.request().getHeader("Authorization");
        String address = addresses.of(context.request());
        if (!limits.on()) {
            return callers.identify(operation, authorization, address)
                    .compose(outcome -> outcome.refusal() == null
                            ? ask(context, operation, validator, outcome.caller())
                            : refused(context, operation, outcome));
        }
        HttpServerResponse response = context.response();
        return limits.admit(operation, address, response)
                .map(room -> room && !guesses(operation, authorization, address, response))
                .compose(room -> room
                        ? callers.identify(operation, authorization, address)
                                .compose(outcome -> counted(context, operation, validator, outcome, address))
                        : Future.succeededFuture(tooMany()));
    }

    // To look at a token costs as much as to answer ten requests, so that many which nobody accepts are a load.
    private boolean guesses(ApiOperation operation, String authorization, String address, HttpServerResponse response) {
        return operation.access() != ApiOperation.Access.PUBLIC
                && !callers.knows(authorization)
                && limits.suspects(address, response);
    }

    private Future<Reply> counted(
            RoutingContext context,
            ApiOperation operation,
            Validator validator,
            Callers.Outcome outcome,
            String address) {
        if (outcome.caller() == null) {
            return outcome.refusal().code() == ErrorCode.UNAUTHENTICATED
                    ? limits.rejected(address).map(outcome.refusal())
                    : Future.succeededFuture(outcome.refusal());
        }
        return limits.admit(outcome.caller(), context.response()).compose(room -> {
            if (!room) {
                return Future.succeededFuture(tooMany());
            }
            return outcome.refusal() == null
                    ? ask(context, operation, validator, outcome.caller())
                    : refused(context, operation, outcome);
        });
    }

    private static Reply tooMany() {
        return Reply.refuse(
                ErrorCode.RATE_LIMITED, "Too many requests; Retry-After says in how many seconds to try again");
    }

    private Future<Reply> refused(RoutingContext context, ApiOperation operation, Callers.Outcome outcome) {
        denials.record(operation, outcome.caller(), Exchange.trace(context));
        return Future.succeededFuture(outcome.refusal());
    }

    private Future<Reply> ask(RoutingContext context, ApiOperation operation, Validator validator, Caller caller) {
        Visit.of(context).by(caller);
        try {
            Request request = request(context, operation, validator, caller);
            return bus.request(request, operation.isRead() || request.idempotencyKey() != null);
        } catch (BadInput e) {
            return Future.succeededFuture(e.refusal());
        }
    }

    private Request request(RoutingContext context, ApiOperation operation, Validator validator, Caller caller)
            throws BadInput {
        Map<String, String> parameters = validator.parameters(context::pathParam, name -> context.queryParam(name));
        if (operation.produces().size() > 1) {
            parameters = new TreeMap<>(parameters);
            parameters.put(Request.ACCEPT, Negotiation.mediaType(context, operation.produces()));
        }
        String key = operation.idempotent() ? idempotencyKey(context.request()) : null;
        Buffer bytes = validator.takesBody() ? context.body().buffer() : null;
        JsonNode body = validator.body(bytes == null ? new byte[0] : bytes.getBytes());
        return new Request(
                operation.address().orElseThrow(),
                caller,
                parameters,
                body,
                key,
                System.currentTimeMillis() + operation.timeoutMs().orElse(timeoutMs),
                Exchange.trace(context));
    }

    private static String idempotencyKey(HttpServerRequest http) throws BadInput {
        String key = http.getHeader("Idempotency-Key");
        if (key != null && !IDEMPOTENCY_KEY.matcher(key).matches()) {
            throw BadInput.field("Idempotency-Key", "must be 1 to 255 visible ASCII characters");
        }
        return key;
    }
}
