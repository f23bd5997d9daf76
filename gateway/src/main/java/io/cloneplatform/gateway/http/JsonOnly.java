package io.cloneplatform.gateway.http;

import io.cloneplatform.common.bus.ErrorCode;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** Reads a request's body when it is JSON, and refuses every other. */
final class JsonOnly {
    // What fetch says about a text when its caller names no type. Clients of the predecessor send JSON under it.
    private static final String UNNAMED = "text/plain;charset=utf-8";

    private JsonOnly() {}

    /** Passes a request without a body on, whatever type it names, and hands one with JSON to the reader. */
    static void read(RoutingContext context, Handler<RoutingContext> reader) {
        if (!mayHaveBody(context.request())) {
            context.next();
        } else if (isJson(context.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
            reader.handle(context);
        } else {
            Exchange.refuse(
                    context, ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type", "The body must be application/json");
        }
    }

    private static boolean mayHaveBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? request.version() == HttpVersion.HTTP_2 || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                : !length.equals("0");
    }

    private static boolean isJson(String type) {
        if (type == null || type.isBlank()) {
            return true;
        }
        String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return essence.equals("application/json")
                || (essence.startsWith("application/") && essence.endsWith("+json"))
                || type.replace(" ", "").toLowerCase(Locale.ROOT).equals(UNNAMED);
    }

    /**
     * Answers a client whose body broke off or was not in the form that its headers promised, if it still listens: most of
     * the time the connection is closed by then.
     */
    static void refuseBroken(RoutingContext context) {
        if (!context.response().ended() && !context.response().closed()) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            Exchange.refuse(context, ErrorCode.BODY_MALFORMED, "body", "The body cannot be read to its end");
        }
    }
}
