package io.cloneplatform.gateway.http;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.gateway.document.ApiDocument;
import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.observe.Visits;
import io.cloneplatform.gateway.validate.Validator;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes ordinary routes from the document, under the root and under every base path. */
public final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final int MAX_BODY_BYTES = 64 * 1024;

    // The status under which Vert.x reports that a body broke off, or is not in the form that its headers promise.
    private static final int BROKEN_BODY = 200;

    private static final Set<String> CORS_REQUEST_HEADERS = Set.of(
            "Authorization",
            "Content-Type",
            "apikey",
            "x-tenant-id",
            "x-client-info",
            "Idempotency-Key",
            "traceparent");
    private static final Set<String> CORS_RESPONSE_HEADERS = Set.of(
            "x-request-id",
            "RateLimit",
            "RateLimit-Policy",
            "Retry-After",
            "Idempotent-Replayed",
            "Content-Disposition",
            "Link");

    private final ApiDocument document;
    private final Dispatcher dispatcher;
    private final HealthMonitor health;
    private final PlatformConfig config;
    private final Visits visits;
    private final Map<ApiOperation, Validator> validators = new LinkedHashMap<>();

    /** Compiles every schema; blocks, so not for an event loop. */
    public Routes(
            ApiDocument document, Dispatcher dispatcher, HealthMonitor health, PlatformConfig config, Visits visits) {
        this.document = document;
        this.dispatcher = dispatcher;
        this.health = health;
        this.config = config;
        this.visits = visits;
        document.operations().forEach(operation -> validators.put(operation, new Validator(operation)));
    }

    /** As many handlers of requests as given, one for each verticle instance; blocks, so not for an event loop. */
    public Queue<Handler<HttpServerRequest>> handlers(Vertx vertx, int count) {
        return Stream.generate(() -> handler(vertx))
                .limit(count)
                .collect(Collectors.toCollection(ConcurrentLinkedQueue::new));
    }

    // A router tries one route after the other, which takes longer than the rest of a read for one of the last. So
    // a path without parameters finds a router of its own; what is left goes to the router that has everything.
    private Handler<HttpServerRequest> handler(Vertx vertx) {
        Map<String, List<ApiOperation>> byPath = byPath();
        Router everything = router(vertx);
        Map<String, Router> byExactPath = new HashMap<>();
        for (String base : bases()) {
            mount(everything, base, byPath);
            byPath.forEach((path, operations) -> {
                if (path.indexOf(':') < 0) {
                    Router router = router(vertx);
                    mount(router, base, Map.of(path, operations));
                    byExactPath.put(base + path, router);
                }
            });
        }
        return request -> byExactPath.getOrDefault(request.path(), everything).handle(request);
    }

    private List<String> bases() {
        return Stream.concat(config.basePaths().stream(), Stream.of("")).toList();
    }

    private Map<String, List<ApiOperation>> byPath() {
        return document.operations().stream()
                .collect(Collectors.groupingBy(Routes::routePath, LinkedHashMap::new, Collectors.toList()));
    }

    private Router router(Vertx vertx) {
        Router router = Router.router(vertx);
        router.route().handler(context -> Exchange.begin(context, visits));
        router.route().handler(cors());
        for (int status : List.of(BROKEN_BODY, 400, 403, 404, 405, 413, 414, 431, 500, 503)) {
            router.errorHandler(status, context -> failed(context, visits));
        }
        return router;
    }

    private CorsHandler cors() {
        CorsHandler cors = CorsHandler.create()
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE))
                .allowedHeaders(CORS_REQUEST_HEADERS)
                .exposedHeaders(CORS_RESPONSE_HEADERS)
                .maxAgeSeconds(600);
        return config.corsOrigins().contains("*") ? cors.addOrigin("*") : cors.addOrigins(config.corsOrigins());
    }

    private void mount(Router router, String base, Map<String, List<ApiOperation>> byPath) {
        BodyHandler bodies = BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES);
        byPath.forEach((path, operations) -> {
            operations.forEach(operation -> mount(router, base + path, operation, bodies));
            String allowed = allowed(operations);
            router.route(base + path).handler(context -> wrongMethod(context, allowed));
        });
    }

    private void mount(Router api, String path, ApiOperation operation, BodyHandler bodies) {
        if (operation.gateway().isPresent()) {
            String name = "gateway." + operation.gateway().get();
            route(api, path, operation).handler(visits.at(name, own(operation)));
            return;
        }
        Validator validator = validators.get(operation);
        String name = operation.address().orElseThrow();
        if (validator.takesBody()) {
            route(api, path, operation).handler(visits.at(name, context -> JsonOnly.read(context, bodies)));
        }
        route(api, path, operation)
                .handler(visits.at(name, context -> dispatcher.dispatch(context, operation, validator)));
    }

    private static Route route(Router api, String path, ApiOperation operation) {
        Route route = api.route(path).method(HttpMethod.valueOf(operation.method()));
        return operation.method().equals("GET") ? route.method(HttpMethod.HEAD) : route;
    }

    private Handler<RoutingContext> own(ApiOperation operation) {
        if (operation.gateway().orElseThrow().equals("health")) {
            return health::answer;
        }
        boolean yaml = operation.path().endsWith(".yaml");
        Buffer text = Buffer.buffer(yaml ? document.yaml() : document.json());
        String type = yaml ? "application/yaml" : "application/json";
        return context -> context.response().putHeader("Content-Type", type).end(text);
    }

    private static String routePath(ApiOperation operation) {
        return operation.path().replace("{", ":").replace("}", "");
    }

    private static String allowed(List<ApiOperation> operations) {
        Set<String> methods =
                operations.stream().map(ApiOperation::method).collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    private static void wrongMethod(RoutingContext context, String allowed) {
        context.response().putHeader("Allow", allowed);
        if (context.request().method().equals(HttpMethod.OPTIONS)) {
            context.response().setStatusCode(204).end();
        } else {
            Exchange.refuse(
                    context,
                    ErrorCode.METHOD_NOT_ALLOWED,
                    context.request().method() + " is not possible here; possible are " + allowed);
        }
    }

    private static void failed(RoutingContext context, Visits visits) {
        visits.begin(context); // what no route can be found for, such as a path without a slash, has not begun yet
        int status = context.statusCode();
        switch (status) {
            case BROKEN_BODY -> JsonOnly.refuseBroken(context);
            case 403 -> Exchange.refuse(context, ErrorCode.FORBIDDEN, "This origin may not call");
            case 404 -> Exchange.refuse(context, ErrorCode.NOT_FOUND, "There is nothing at this path");
            case 405 -> Exchange.refuse(context, ErrorCode.METHOD_NOT_ALLOWED, "This method is not possible here");
            case 413 -> Exchange.refuse(context, ErrorCode.BODY_TOO_LARGE, "body", "The body is larger than 64 KiB");
            case 414 -> Exchange.refuse(context, ErrorCode.URI_TOO_LONG, "The address is too long");
            case 431 -> Exchange.refuse(context, ErrorCode.HEADERS_TOO_LARGE, "The headers are too large");
            case 400 -> Exchange.refuse(context, ErrorCode.BODY_MALFORMED, "The request cannot be read");
            default -> {
                LOG.error("{} failed", Exchange.trace(context).shownId(), context.failure());
                Exchange.refuse(context, ErrorCode.INTERNAL, "Something went wrong on our side");
            }
        }
    }
}
