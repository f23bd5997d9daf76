package io.cloneplatform.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** E-mail addresses as operators see them: masked, unless they ask for the whole. */
final class Emails {
    private static final String HIDDEN = "***";

    private Emails() {}

    /** Keeps the first character and the domain, as in {@code j***@example.com}. */
    static String masked(String email) {
        int at = email.lastIndexOf('@');
        return at < 1 ? HIDDEN : email.substring(0, email.offsetByCodePoints(0, 1)) + HIDDEN + email.substring(at);
    }

    /** A copy of a document in which every field that holds an address is masked. */
    static JsonNode masked(JsonNode document) {
        JsonNode copy = document.deepCopy();
        mask(copy);
        return copy;
    }

    private static void mask(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode value = object.get(name);
                if (value.isTextual() && name.toLowerCase(Locale.ROOT).endsWith("email")) {
                    object.put(name, masked(value.textValue()));
                }
            }
        }
        node.forEach(Emails::mask);
    }
}
