package io.cloneplatform.gateway.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import java.math.BigDecimal;

/** Resolves {@code $ref} inside the document, and what else the document says in words of its own. */
final class References {
    // JSON Schema would say multipleOf: 0.01, of which validators that count in binary hold that 55.41 breaks it.
    private static final String DECIMALS = "x-decimals";

    private final JsonNode document;

    References(JsonNode document) {
        this.document = document;
    }

    /** The node itself, or what it refers to. */
    JsonNode resolve(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null ? node : resolve(target(reference.textValue()));
    }

    /** A copy without any reference, so that it stands on its own. */
    JsonNode inline(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object.has("$ref") ? inline(target(object.get("$ref").textValue())) : inlineFields(object);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = Json.MAPPER.createArrayNode();
            array.forEach(item -> copy.add(inline(item)));
            return copy;
        }
        return node;
    }

    private ObjectNode inlineFields(ObjectNode object) {
        ObjectNode copy = Json.object();
        object.properties().forEach(field -> copy.set(field.getKey(), inline(field.getValue())));
        if (copy.has(DECIMALS)) {
            copy.put(
                    "multipleOf",
                    BigDecimal.ONE.movePointLeft(copy.remove(DECIMALS).intValue()));
        }
        return copy;
    }

    private JsonNode target(String reference) {
        JsonNode found = document.at(reference.substring(1));
        if (found.isMissingNode()) {
            throw new IllegalStateException("the document refers to " + reference + ", which it does not define");
        }
        return found;
    }
}
