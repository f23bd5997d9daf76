package io.cloneplatform.gateway.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One operation of the document: how it is reached, who may call it, and what it accepts.
 *
 * @param id the document's operationId
 * @param path the path template, as in {@code /withdrawals/{id}/cancel}
 * @param method the HTTP method in capitals
 * @param address the bus address; empty when the gateway answers itself
 * @param gateway what the gateway answers itself; empty otherwise
 * @param access who may call it
 * @param permission what an admin needs; empty for others
 * @param takesCredentials whether its body has credentials, which may be guessed
 * @param timeoutMs how long its answer may take, where that differs from the installation's limit
 * @param idempotent whether it takes an idempotency key
 * @param parameters path and query parameters
 * @param bodySchema the body's schema without references; empty when it takes none
 * @param bodyRequired whether the body may be left out
 * @param produces the media types in which it answers 200; the first is the one for clients without a wish
 */
public record ApiOperation(
        String id,
        String path,
        String method,
        Optional<String> address,
        Optional<String> gateway,
        Access access,
        Optional<String> permission,
        boolean takesCredentials,
        Optional<Long> timeoutMs,
        boolean idempotent,
        List<ApiParameter> parameters,
        Optional<JsonNode> bodySchema,
        boolean bodyRequired,
        List<String> produces) {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Who may call an operation. */
    public enum Access {
        PUBLIC,
        MEMBER,
        ADMIN
    }

    /** Whether it changes nothing, so that asking twice is the same as asking once. */
    public boolean isRead() {
        return method.equals("GET");
    }

    static ApiOperation of(String path, String method, JsonNode operation, References references) {
        List<ApiParameter> parameters = new ArrayList<>();
        boolean idempotent = false;
        for (JsonNode declared : operation.path("parameters")) {
            JsonNode parameter = references.resolve(declared);
            idempotent |= parameter.path("name").asText().equals(IDEMPOTENCY_KEY);
            if (!parameter.path("in").asText().equals("header")) {
                parameters.add(ApiParameter.of(parameter, references));
            }
        }
        JsonNode body = references.resolve(operation.path("requestBody"));
        JsonNode schema = body.at("/content/application~1json/schema");
        return new ApiOperation(
                operation.get("operationId").textValue(),
                path,
                method.toUpperCase(Locale.ROOT),
                text(operation, "x-bus-address"),
                text(operation, "x-gateway"),
                Access.valueOf(operation.get("x-access").textValue().toUpperCase(Locale.ROOT)),
                text(operation, "x-permission"),
                operation.path("x-credentials").asBoolean(false),
                Optional.ofNullable(operation.get("x-timeout-ms")).map(JsonNode::longValue),
                idempotent,
                List.copyOf(parameters),
                schema.isMissingNode() ? Optional.empty() : Optional.of(references.inline(schema)),
                body.path("required").asBoolean(false),
                produces(references.resolve(operation.at("/responses/200"))));
    }

    private static List<String> produces(JsonNode answer) {
        return answer.path("content").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::textValue);
    }
}
