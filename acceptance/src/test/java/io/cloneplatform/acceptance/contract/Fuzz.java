package io.cloneplatform.acceptance.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.document.ApiParameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes requests that are nearly right: one that works, changed in one to three places by a seeded chance. */
final class Fuzz {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json; charset=utf-16",
            "text/plain",
            "application/xml",
            "multipart/form-data",
            "*/*",
            "x");
    private static final List<String> BASES =
            List.of("/functions/v1/make-server-44a642d3", "/functions/v1", "/..", "//", "/%2e");

    private final ApiOperation operation;
    private final Random random;
    private final List<String> tokens;
    private final FuzzValues values;

    Fuzz(ApiOperation operation, Random random, List<String> tokens) {
        this.operation = operation;
        this.random = random;
        this.tokens = new ArrayList<>(tokens); // one of them is null: no credential
        this.values = new FuzzValues(random);
    }

    /**
     * A request.
     *
     * @param method its method
     * @param target path and query
     * @param token the credential, or null
     * @param type its content type, or null
     * @param body its bytes, or null
     * @param headers more headers, names and values in turn
     * @param onRoute whether it still goes to the operation that it was made for
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Shot(
            String method,
            String target,
            String token,
            String type,
            byte[] body,
            List<String> headers,
            boolean onRoute) {
        Answer fire(RunningPlatform platform) {
            Call call = platform.call(method, target).bearer(token);
            for (int i = 0; i < headers.size(); i += 2) {
                call.header(headers.get(i), headers.get(i + 1));
            }
            return (body == null ? call : call.bytes(type, body)).send();
        }

        @Override
        public String toString() {
            String text = body == null ? "" : " " + new String(body, StandardCharsets.UTF_8);
            return method + " " + target + " " + headers + (text.length() > 300 ? text.substring(0, 300) : text);
        }
    }

    /** The next request, from one that works. */
    Shot next(Draft good) {
        Draft draft = good;
        for (int change = random.nextInt(3); change >= 0; change--) {
            draft = changed(draft);
        }
        String target = draft.target(operation);
        String method = operation.method();
        boolean onRoute = true;
        if (random.nextInt(25) == 0) {
            method = values.of(METHODS);
            onRoute = false;
        }
        if (random.nextInt(25) == 0) {
            target = values.of(BASES) + target;
            onRoute = false;
        }
        return new Shot(
                method,
                target,
                draft.token(),
                type(),
                bytes(draft.body()),
                headers(),
                onRoute && !method.equals("HEAD"));
    }

    private Draft changed(Draft draft) {
        return switch (random.nextInt(8)) {
            case 0 -> draft.token(values.of(tokens));
            case 1 -> withParameter(draft);
            case 2 ->
                draft.query(values.of(List.of("limit", "cursor", "offset", "status", "userId", "x")), values.text());
            default -> draft.body() == null ? withParameter(draft) : draft.body(changed(draft.body()));
        };
    }

    private Draft withParameter(Draft draft) {
        List<ApiParameter> parameters = operation.parameters();
        if (parameters.isEmpty()) {
            return draft.query("y", values.text());
        }
        ApiParameter parameter = parameters.get(random.nextInt(parameters.size()));
        String value = values.text();
        // An empty segment is another path, and so are dots.
        return parameter.inPath()
                ? draft.path(parameter.name(), value.isBlank() || value.matches("[./]+") ? "0" : value)
                : draft.query(parameter.name(), value);
    }

    private ObjectNode changed(ObjectNode body) {
        ObjectNode copy = body.deepCopy();
        List<String> names = new ArrayList<>();
        copy.fieldNames().forEachRemaining(names::add);
        String name =
                names.isEmpty() || random.nextInt(6) == 0 ? values.name() : names.get(random.nextInt(names.size()));
        if (random.nextInt(6) == 0) {
            copy.remove(name);
        } else {
            JsonNode old = copy.get(name);
            copy.set(
                    name,
                    old != null && old.isTextual() && random.nextBoolean()
                            ? values.near(old.asText())
                            : values.json(3));
        }
        return copy;
    }

    private String type() {
        return random.nextInt(30) == 0 ? values.of(TYPES) : "application/json";
    }

    private byte[] bytes(ObjectNode body) {
        if (body == null) {
            return random.nextInt(20) == 0 ? values.text().getBytes(StandardCharsets.UTF_8) : null;
        }
        byte[] bytes = Json.bytes(body);
        int way = random.nextInt(12);
        if (way == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        } else if (way == 1) {
            return new String(bytes, StandardCharsets.UTF_8)
                    .substring(0, random.nextInt(new String(bytes, StandardCharsets.UTF_8).length() + 1))
                    .getBytes(StandardCharsets.UTF_8);
        } else if (way == 2) {
            return ("[" + new String(bytes, StandardCharsets.UTF_8) + "]").getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }

    private List<String> headers() {
        return switch (random.nextInt(12)) {
            case 0 -> List.of("Idempotency-Key", values.visible());
            case 1 -> List.of("Accept", values.visible());
            case 2 -> List.of("x-request-id", values.visible(), "traceparent", values.visible());
            case 3 ->
                List.of("Origin", "https://" + random.nextInt(99) + ".example", "X-Forwarded-For", values.visible());
            case 4 -> List.of("x-tenant-id", values.visible(), "apikey", values.visible());
            default -> List.of();
        };
    }
}
