package io.cloneplatform.acceptance.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What can be read off a schema without references. */
final class SchemaFacts {
    private SchemaFacts() {}

    /** Whether a value of this JSON type may pass. */
    static boolean allows(JsonNode schema, String type) {
        JsonNode types = schema.path("type");
        if (types.isArray()) {
            for (JsonNode one : types) {
                if (one.asText().equals(type)) {
                    return true;
                }
            }
            return false;
        }
        return types.asText().equals(type);
    }

    /** The strings in a schema whose length has no limit, by their path. */
    static List<String> unboundedStrings(JsonNode schema, String path) {
        List<String> found = new ArrayList<>();
        if (allows(schema, "string") && !schema.has("maxLength") && !schema.has("enum") && !schema.has("const")) {
            found.add(path);
        }
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            found.addAll(unboundedStrings(field.getValue(), path + "." + field.getKey()));
        }
        if (schema.has("items")) {
            found.addAll(unboundedStrings(schema.get("items"), path + "[]"));
        }
        return found;
    }
}
