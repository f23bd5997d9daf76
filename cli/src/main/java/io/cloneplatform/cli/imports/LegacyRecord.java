package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * One record of the dump.
 *
 * @param key its old key
 * @param place where it belongs
 * @param value its old value
 */
record LegacyRecord(String key, Place place, JsonNode value) {
    /** The columns {@link #read} needs. */
    static final String COLUMNS = "key, kind, owner, subject, value::text AS value";

    // Numbers come back with all their zeros.
    private static final int LONGEST_NUMBER = 20_000;
    private static final ObjectMapper STORED = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static LegacyRecord read(ResultSet row) throws SQLException {
        Place place = new Place(Kind.valueOf(row.getString("kind")), row.getString("owner"), row.getString("subject"));
        return new LegacyRecord(row.getString("key"), place, parsed(row.getString("value")));
    }

    private static JsonNode parsed(String value) {
        try {
            return STORED.readTree(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The part of the key after its first colon. */
    String name() {
        return key.substring(key.indexOf(':') + 1);
    }

    String kind() {
        return place.kind().name();
    }

    String owner() {
        return place.owner();
    }
}
