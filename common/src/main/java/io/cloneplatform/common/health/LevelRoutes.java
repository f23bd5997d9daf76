package io.cloneplatform.common.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.log.Levels;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /loggers} and {@code PUT /loggers/{name}}: levels of the log, seen and set while the process runs.
 */
final class LevelRoutes {
    static final String PATH = "/loggers";

    private static final int MAX_BODY_BYTES = 1_024;

    private final Levels levels = new Levels();

    static boolean serves(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    void route(HttpServerRequest request) {
        boolean one = request.path().startsWith(PATH + "/");
        if (!one && request.method().equals(HttpMethod.GET)) {
            Answers.json(request, 200, Map.of("loggers", levels.all()));
        } else if (one && request.method().equals(HttpMethod.PUT)) {
            put(request, request.path().substring(PATH.length() + 1));
        } else {
            Answers.refuse(request, 405, "Possible are GET " + PATH + " and PUT " + PATH + "/NAME");
        }
    }

    private void put(HttpServerRequest request, String name) {
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() <= MAX_BODY_BYTES) {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> set(request, name, body));
    }

    private void set(HttpServerRequest request, String name, Buffer body) {
        Optional<String> refusal = levels.refusal(name);
        Optional<JsonNode> level = level(body);
        if (refusal.isPresent()) {
            Answers.refuse(request, 400, refusal.get());
        } else if (level.isEmpty()) {
            Answers.refuse(request, 400, "The body must be {\"level\": LEVEL} with null or one of " + Levels.NAMES);
        } else {
            Answers.json(request, 200, levels.set(name, level.get().textValue()));
        }
    }

    private static Optional<JsonNode> level(Buffer body) {
        if (body.length() > MAX_BODY_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Json.MAPPER.readTree(body.getBytes()).get("level"))
                    .filter(level -> level.isNull() || (level.isTextual() && Levels.NAMES.contains(level.textValue())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
