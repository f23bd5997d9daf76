package io.cloneplatform.gateway.document;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A path or query parameter.
 *
 * @param name its name
 * @param inPath whether it is part of the path
 * @param required whether it must be given
 * @param type its JSON type: {@code string}, {@code integer} or {@code boolean}
 * @param schema its schema without references
 */
public record ApiParameter(String name, boolean inPath, boolean required, String type, JsonNode schema) {
    static ApiParameter of(JsonNode parameter, References references) {
        JsonNode schema = references.inline(parameter.get("schema"));
        return new ApiParameter(
                parameter.get("name").textValue(),
                parameter.get("in").textValue().equals("path"),
                parameter.path("required").asBoolean(false),
                schema.path("type").asText("string"),
                schema);
    }
}
