package io.cloneplatform.common.idempotency;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * One text for one JSON value, however it was written: fields in the order of their names, numbers by their value, so that
 * 1, 1.00 and 1e0 are the same.
 */
final class CanonicalJson {
    // Beyond it an exponent stays one: nobody makes us write a billion zeros.
    private static final int MOST_ZEROS = 30;

    private CanonicalJson() {}

    static String text(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    private static void write(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            writeObject(node, out);
        } else if (node.isArray()) {
            out.append('[');
            node.forEach(item -> {
                write(item, out);
                out.append(',');
            });
            out.append(']');
        } else if (node.isNumber()) {
            out.append(number(node.decimalValue()));
        } else {
            out.append(Json.text(node));
        }
    }

    private static void writeObject(JsonNode node, StringBuilder out) {
        Map<String, JsonNode> fields = new TreeMap<>();
        node.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
        out.append('{');
        fields.forEach((name, value) -> {
            out.append(Json.text(name)).append(':');
            write(value, out);
            out.append(',');
        });
        out.append('}');
    }

    private static String number(BigDecimal value) {
        BigDecimal shortest = value.stripTrailingZeros();
        return shortest.scale() < 0 && shortest.scale() > -MOST_ZEROS ? shortest.toPlainString() : shortest.toString();
    }
}
