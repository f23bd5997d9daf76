package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Loads a dump into a temporary table, which the database drops with the connection: a dump of any size can be looked up
 * by key and by member without holding it in memory.
 */
final class DumpLoader {
    private static final String CREATE =
            """
            CREATE TEMPORARY TABLE legacy_dump (
              line bigint NOT NULL, key text COLLATE "C" NOT NULL, kind text NOT NULL, owner text COLLATE "C", subject text,
              size integer NOT NULL, value jsonb NOT NULL)
            """;

    private static final String INSERT =
            """
            INSERT INTO legacy_dump (line, key, kind, owner, subject, size, value)
            SELECT line, key, kind, owner, subject, length(value), value::jsonb
            FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
              AS r (line, key, kind, owner, subject, value)
            """;

    private static final List<String> INDEXES = List.of(
            "CREATE INDEX ON legacy_dump (key, line)",
            "CREATE INDEX ON legacy_dump (kind, key)",
            "CREATE INDEX ON legacy_dump (owner, kind)",
            "CREATE INDEX ON legacy_dump (subject) WHERE kind = 'REFERRAL'",
            "ANALYZE legacy_dump");

    // The last line of a key counts; an earlier one with another value stays under a key that names its line.
    private static final String FIND_EARLIER =
            """
            SELECT d.line, d.key, d.value <> latest.value AS differs
            FROM (SELECT key, max(line) AS last FROM legacy_dump GROUP BY key HAVING count(*) > 1) twice
            JOIN legacy_dump latest ON latest.key = twice.key AND latest.line = twice.last
            JOIN legacy_dump d ON d.key = twice.key AND d.line <> twice.last
            ORDER BY d.line
            """;

    private static final String DROP = "DELETE FROM legacy_dump WHERE key = ? AND line = ?";

    private static final String SET_ASIDE =
            "UPDATE legacy_dump SET kind = 'DUPLICATE', key = key || '#' || line WHERE key = ? AND line = ?";

    private static final int LONGEST_KEY = 300;

    private final Sql sql;
    private final Findings findings;
    private final List<Object[]> waiting = new ArrayList<>();
    private long waitingSize;
    private long lines;
    private long malformed;
    private long empty;
    private long repeated;

    DumpLoader(Sql sql, Findings findings) {
        this.sql = sql;
        this.findings = findings;
    }

    /** Reads a file into the table. */
    void load(DumpFile file) throws IOException {
        sql.update(CREATE);
        file.read(new DumpFile.Reader() {
            @Override
            public void record(long line, String key, JsonNode value) {
                stage(line, key, value);
            }

            @Override
            public void malformed(long line, String reason) {
                leaveOut(line, reason);
            }

            @Override
            public void repaired(long line) {
                findings.add(Oddity.TEXT_REPAIRED, "line " + line, "bytes that are no UTF-8 became U+FFFD");
            }

            @Override
            public void empty() {
                empty++;
            }
        });
        flush();
        INDEXES.forEach(sql::update);
        settleDuplicates();
        sql.commit();
    }

    private void stage(long line, String key, JsonNode value) {
        lines++;
        JsonNode content = unwrapped(value);
        String storable = told(line, key, StorableText.of(key));
        Place place = Place.of(storable, content);
        String kept = storable.length() <= LONGEST_KEY ? storable : shortened(line, storable);
        JsonNode clean = withoutSecrets(kept, place, content);
        try {
            String text = encoded(line, clean);
            waiting.add(new Object[] {line, kept, place.kind().name(), place.owner(), place.subject(), text});
            waitingSize += text.length();
        } catch (UncheckedIOException e) {
            reject(line, "a number nobody can store");
        }
        if (waiting.size() == Dump.BATCH || waitingSize >= Dump.BATCH_SIZE) {
            flush();
        }
    }

    /** No secret gets past here, but for the withdrawal passwords that will be hashed. */
    private JsonNode withoutSecrets(String key, Place place, JsonNode value) {
        List<String> removed = new ArrayList<>();
        JsonNode clean = Secrets.remove(key, value, place.kind() == Kind.USER, removed);
        if (!removed.isEmpty()) {
            findings.add(Oddity.SECRET_REMOVED, key, String.join(", ", removed));
        }
        return clean;
    }

    private String shortened(long line, String key) {
        String kept = Texts.line(key, LONGEST_KEY - 50) + "#" + LegacyIds.named(key);
        findings.add(Oddity.TEXT_REPAIRED, "line " + line, "the key is too long and became " + kept);
        return kept;
    }

    // Some exports wrote the value as text with the JSON inside.
    private static JsonNode unwrapped(JsonNode value) {
        String text = value.isTextual() ? value.textValue().strip() : "";
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return value;
        }
        try {
            return DumpJson.read(text);
        } catch (JsonProcessingException e) {
            return value;
        }
    }

    private String encoded(long line, JsonNode value) {
        String text = Json.text(value);
        return told(line, text, StorableText.ofJson(text));
    }

    private String told(long line, String text, String storable) {
        if (!storable.equals(text)) {
            findings.add(Oddity.TEXT_REPAIRED, "line " + line, "NUL or half characters became U+FFFD");
        }
        return storable;
    }

    private void flush() {
        if (!waiting.isEmpty() && !sql.accepted(() -> insert(waiting))) {
            for (Object[] row : waiting) {
                if (!sql.accepted(() -> insert(List.<Object[]>of(row)))) {
                    reject((Long) row[0], "the database cannot store it");
                }
            }
        }
        waiting.clear();
        waitingSize = 0;
    }

    private void insert(List<Object[]> rows) {
        Object[] columns = new Object[6];
        for (int column = 0; column < columns.length; column++) {
            int index = column;
            columns[column] = rows.stream().map(row -> row[index]).collect(Collectors.toCollection(ArrayList::new));
        }
        sql.update(INSERT, columns);
    }

    private void reject(long line, String reason) {
        lines--;
        leaveOut(line, reason);
    }

    private void leaveOut(long line, String reason) {
        malformed++;
        findings.add(Oddity.MALFORMED_LINE, "line " + line, reason);
    }

    private void settleDuplicates() {
        List<Object[]> same = new ArrayList<>();
        List<Object[]> others = new ArrayList<>();
        sql.query(FIND_EARLIER, row -> {
            boolean differs = row.getBoolean("differs");
            (differs ? others : same).add(new Object[] {row.getString("key"), row.getLong("line")});
            findings.add(
                    Oddity.DUPLICATE_KEY,
                    row.getString("key"),
                    "line " + row.getLong("line")
                            + (differs ? " has another value, kept under legacy:" : " says the same"));
        });
        repeated = same.size();
        sql.batch(DROP, same);
        sql.batch(SET_ASIDE, others);
    }

    /** How many records there are. */
    long lines() {
        return lines;
    }

    /** How many records said the same as another under their key. */
    long repeated() {
        return repeated;
    }

    /** How many lines had nothing in them. */
    long empty() {
        return empty;
    }

    /** How many lines were left out. */
    long malformed() {
        return malformed;
    }
}
