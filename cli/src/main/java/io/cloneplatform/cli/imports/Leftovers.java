package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/** Keeps what this platform does not understand as it was, under {@code legacy:<old key>}, except for secrets. */
final class Leftovers {
    private static final String PREFIX = "legacy:";

    private final Findings findings;

    Leftovers(Findings findings) {
        this.findings = findings;
    }

    /** A record that is kept, told under the given kind. */
    Document keep(LegacyRecord row, Oddity why, String sentence, Instant now) {
        findings.add(why, row.key(), sentence);
        return keep(row.key(), row.value(), now);
    }

    /** A value that is kept under a key. */
    Document keep(String key, JsonNode value, Instant now) {
        JsonNode copy = value.deepCopy();
        List<String> removed = Secrets.removeFrom(copy);
        if (!removed.isEmpty()) {
            findings.add(Oddity.SECRET_REMOVED, key, String.join(", ", removed));
        }
        return new Document(PREFIX + key, copy, now);
    }
}
