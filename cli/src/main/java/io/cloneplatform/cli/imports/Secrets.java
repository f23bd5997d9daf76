package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Passwords and tokens never get into documents that operators read, also not in what is kept as it was. */
final class Secrets {
    private static final Pattern NAMES = Pattern.compile(
            "(?i).*(password|passwd|passphrase|secret).*|.*(access|refresh|auth|bearer|id|api|session)[_-]?tokens?|tokens?|.*api[_-]?key");
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*");

    private Secrets() {}

    /** The names of the fields that were taken out of a document, at any depth. */
    static List<String> removeFrom(JsonNode document) {
        List<String> removed = new ArrayList<>();
        remove(document, removed);
        return removed;
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
        }
        node.forEach(child -> remove(child, removed));
    }

    private static boolean isSecret(String name, JsonNode value) {
        boolean filled = (value.isTextual() && !value.textValue().isBlank()) || value.isNumber();
        return filled
                && (NAMES.matcher(name).matches()
                        || TOKEN.matcher(value.asText()).matches());
    }
}
