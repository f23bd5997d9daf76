package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Passwords and tokens never get into documents that operators read, also not in what is kept as it was. */
final class Secrets {
    private static final Pattern NAMES = Pattern.compile(
            "(?i).*(password|passwd|passphrase|secret).*|.*(access|refresh|auth|bearer|id|api|session)[_-]?tokens?|tokens?|.*api[_-]?key");
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*");

    /** How the predecessor's members have theirs, in clear. */
    static final List<String> WITHDRAWAL_PASSWORD = List.of("withdrawalPassword", "withdrawal_password");

    private Secrets() {}

    /** The names of the fields that were taken out of a document, at any depth. */
    static List<String> removeFrom(JsonNode document) {
        List<String> removed = new ArrayList<>();
        remove(document, removed);
        return removed;
    }

    /**
     * A record's value without its secrets; null in its place where it is one itself, or its key names one.
     *
     * @param hashed whether withdrawal passwords at the top may stay, because a hash will be made of them
     * @param removed takes the names of what was removed
     */
    static JsonNode remove(String key, JsonNode value, boolean hashed, List<String> removed) {
        if (isSecret(key.replaceFirst(":.*", ""), value)) {
            removed.add("the value");
            return NullNode.getInstance();
        }
        Map<String, JsonNode> kept = new LinkedHashMap<>();
        if (hashed && value instanceof ObjectNode object) {
            WITHDRAWAL_PASSWORD.stream().filter(object::has).forEach(name -> kept.put(name, object.remove(name)));
        }
        remove(value, removed);
        if (value instanceof ObjectNode object) {
            object.setAll(kept);
        }
        return value;
    }

    private static void remove(JsonNode node, List<String> removed) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                if (isSecret(name, object.get(name))) {
                    object.remove(name);
                    removed.add(name);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (isToken(array.get(i))) {
                    array.setNull(i);
                    removed.add("[" + i + "]");
                }
            }
        }
        node.forEach(child -> remove(child, removed));
    }

    private static boolean isSecret(String name, JsonNode value) {
        return isToken(value) || (isFilled(value) && NAMES.matcher(name).matches());
    }

    private static boolean isFilled(JsonNode value) {
        return (value.isTextual() && !value.textValue().isBlank())
                || value.isNumber()
                || (value.isContainerNode() && !value.isEmpty());
    }

    private static boolean isToken(JsonNode value) {
        return value.isTextual() && TOKEN.matcher(value.textValue()).matches();
    }
}
