package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A document for the shared table.
 *
 * @param key its key
 * @param value its content
 * @param at since when it is there; lists are ordered by it
 */
record Document(String key, JsonNode value, Instant at) {}
