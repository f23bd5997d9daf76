package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.cloneplatform.common.json.Json;

/** Reads the JSON of a dump: one value and nothing behind it, or a sentence that says why not. */
final class DumpJson {
    private static final ObjectReader READER =
            Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private DumpJson() {}

    static JsonNode read(String text) throws JsonProcessingException {
        return READER.readTree(text);
    }

    /** Why a text cannot be read. */
    static String reason(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        if (e instanceof StreamConstraintsException) {
            return message.contains("nesting") ? "nested too deeply" : "has a number or name that is too long";
        }
        if (e instanceof JsonEOFException) {
            return "ends too early";
        }
        return message.startsWith("Trailing token")
                ? "something follows the record"
                : message.startsWith("Duplicate field") ? "names a field twice" : "not JSON";
    }
}
