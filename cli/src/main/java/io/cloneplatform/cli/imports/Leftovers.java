package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps what this platform does not understand as it was, under {@code legacy:<old key>}, except for secrets. */
final class Leftovers {
    private static final String PREFIX = "legacy:";
    private static final int LONGEST_USER_ID = 200;

    private final Findings findings;

    Leftovers(Findings findings) {
        this.findings = findings;
    }

    /** A record that is kept, told under the given kind. */
    Document keep(LegacyRecord row, Oddity why, String sentence, Instant now) {
        findings.add(why, row.key(), sentence);
        return keep(row.key(), row.value(), now);
    }

    /** What is left of a record whose other fields are carried over. */
    Document rest(String key, ObjectNode fields, Instant now) {
        List<String> names = new ArrayList<>();
        fields.fieldNames().forEachRemaining(names::add);
        findings.add(Oddity.FIELDS_KEPT, key, Texts.line(String.join(", ", names), 300));
        return keep(key, fields, now);
    }

    /** A value that is kept under a key. */
    Document keep(String key, JsonNode value, Instant now) {
        JsonNode copy = value.deepCopy();
        List<String> removed = Secrets.removeFrom(copy);
        if (!removed.isEmpty()) {
            findings.add(Oddity.SECRET_REMOVED, key, String.join(", ", removed));
        }
        return new Document(PREFIX + key, indexable(copy), now);
    }

    /** The database looks records up by this field, and can only do so by one as long as an id. */
    private static JsonNode indexable(JsonNode value) {
        JsonNode user = value.path("userId");
        int length =
                user.isTextual() ? user.textValue().length() : user.toString().length();
        return length <= LONGEST_USER_ID ? value : Json.object().set("value", value);
    }
}
