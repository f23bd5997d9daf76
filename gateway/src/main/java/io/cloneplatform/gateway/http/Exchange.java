package io.cloneplatform.gateway.http;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.FieldError;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Trace;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.gateway.observe.Visit;
import io.cloneplatform.gateway.observe.Visits;
import io.netty.handler.codec.http.QueryStringEncoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes answers and refusals, each with the request's id. */
final class Exchange {
    private static final String PROBLEM = "application/problem+json";

    private Exchange() {}

    /** Begins the visit, and refuses an address that cannot be decoded. */
    static void begin(RoutingContext context, Visits visits) {
        visits.begin(context);
        if (decodable(context.request().uri())) {
            context.next();
        } else {
            refuse(context, ErrorCode.BODY_MALFORMED, "The address has a % without two hexadecimal digits behind it");
        }
    }

    private static boolean decodable(String uri) {
        for (int i = uri.indexOf('%'); i >= 0; i = uri.indexOf('%', i + 1)) {
            if (i + 2 >= uri.length()
                    || Character.digit(uri.charAt(i + 1), 16) < 0
                    || Character.digit(uri.charAt(i + 2), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    static Trace trace(RoutingContext context) {
        return Visit.of(context).trace();
    }

    static void answer(RoutingContext context, Reply reply) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        if (reply.replayed()) {
            context.response().putHeader("Idempotent-Replayed", "true");
        }
        if (reply instanceof Reply.Done done) {
            done.file()
                    .ifPresentOrElse(file -> file(context, file, done.body()), () -> json(context, 200, done.body()));
        } else {
            refuse(context, (Reply.Refused) reply);
        }
    }

    static void json(RoutingContext context, int status, byte[] body) {
        end(context, status, "application/json", body);
    }

    private static void file(RoutingContext context, Reply.File file, byte[] content) {
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.name() + "\"");
        if (file.nextCursor() != null) {
            response.putHeader("Link", "<" + again(context, file.nextCursor()) + ">; rel=\"next\"");
        }
        end(context, 200, file.mediaType(), content);
    }

    // Relative to the address as the client sees it, whatever a proxy made of the path before its last segment. A query
    // alone would be shorter, but java.net.URI resolves it as RFC 2396 had it, without that segment.
    private static String again(RoutingContext context, String cursor) {
        String path = context.request().path();
        QueryStringEncoder next = new QueryStringEncoder("." + path.substring(path.lastIndexOf('/')));
        for (Map.Entry<String, String> parameter : context.queryParams()) {
            if (!parameter.getKey().equals("cursor")) {
                next.addParam(parameter.getKey(), parameter.getValue());
            }
        }
        next.addParam("cursor", cursor);
        return next.toString();
    }

    private static void end(RoutingContext context, int status, String mediaType, byte[] body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Buffer.buffer(body));
    }

    static void refuse(RoutingContext context, ErrorCode code, String message) {
        refuse(context, (Reply.Refused) Reply.refuse(code, message));
    }

    /** Refuses for one field, or for a header or the body as a whole. */
    static void refuse(RoutingContext context, ErrorCode code, String field, String message) {
        refuse(context, new Reply.Refused(code, message, List.of(new FieldError(field, message)), false));
    }

    private static void refuse(RoutingContext context, Reply.Refused refusal) {
        HttpServerResponse response = context.response();
        int status = refusal.code().status();
        if (status == 401) {
            response.putHeader("WWW-Authenticate", "Bearer realm=\"clone-platform\"");
        }
        boolean later = status == 503 || status == 429 || refusal.code() == ErrorCode.IDEMPOTENCY_KEY_IN_PROGRESS;
        if (later && !response.headers().contains(HttpHeaders.RETRY_AFTER)) {
            response.putHeader(
                    HttpHeaders.RETRY_AFTER, Integer.toString(refusal.code().retryAfterSeconds()));
        }
        end(context, status, PROBLEM, problem(refusal, context.request().path(), trace(context)));
    }

    /** The RFC 9457 document of a refusal. */
    static byte[] problem(Reply.Refused refusal, String path, Trace trace) {
        var problem = Json.object()
                .put("type", type(refusal.code()))
                .put("title", refusal.code().title())
                .put("status", refusal.code().status())
                .put("detail", refusal.message())
                .put("instance", path)
                .put("error", refusal.message())
                .put("code", refusal.code().name())
                .put("requestId", trace.requestId());
        if (!refusal.errors().isEmpty()) {
            problem.set("errors", Json.MAPPER.valueToTree(refusal.errors()));
        }
        return Json.bytes(problem);
    }

    private static String type(ErrorCode code) {
        return "urn:clone-platform:error:"
                + code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
