package io.cloneplatform.common.health;

import io.cloneplatform.common.json.Json;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** Answers of the management port. */
final class Answers {
    private Answers() {}

    static void json(HttpServerRequest request, int status, Object body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(Json.text(body));
    }

    static void refuse(HttpServerRequest request, int status, String sentence) {
        json(request, status, Map.of("error", sentence));
    }
}
