package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A legacy document read field by field; it remembers what was understood, so that the rest can be kept. */
final class Fields {
    private final JsonNode document;
    private final Set<String> understood = new HashSet<>();

    Fields(JsonNode document) {
        this.document = document;
    }

    /**
     * The first of several spellings that has a value; missing when none has. Another spelling with another value stays
     * among the rest.
     */
    JsonNode value(String... spellings) {
        JsonNode found = MissingNode.getInstance();
        for (String name : spellings) {
            JsonNode value = document.path(name);
            if (found.isMissingNode() && !empty(value)) {
                found = value;
            }
            if (empty(value) || value.equals(found)) {
                understood.add(name);
            }
        }
        return found;
    }

    /** A text or number as text without surrounding blanks. */
    Optional<String> text(String... spellings) {
        JsonNode value = value(spellings);
        return value.isTextual() || value.isNumber()
                ? Optional.of(value.asText().strip())
                : unread(value, spellings);
    }

    /** A text as one printable line of at most so many characters. */
    Optional<String> line(int longest, String... spellings) {
        return text(spellings).map(text -> Texts.line(text, longest)).filter(text -> !text.isEmpty());
    }

    Optional<Instant> time(String... spellings) {
        JsonNode value = value(spellings);
        Optional<Instant> time = Times.of(value);
        return time.isPresent() ? time : unread(value, spellings);
    }

    /** An amount in minor units; empty when it is missing or no number. */
    Optional<Long> money(String... spellings) {
        JsonNode value = value(spellings);
        Optional<Long> minor = Amounts.minor(value);
        return minor.isPresent() ? minor : unread(value, spellings);
    }

    /** A whole number from zero; empty when it is missing or something else. */
    Optional<Integer> count(String... spellings) {
        JsonNode value = value(spellings);
        return value.isNumber() && value.canConvertToInt() && value.intValue() >= 0
                ? Optional.of(value.intValue())
                : unread(value, spellings);
    }

    /** The same, also where it is a text of digits. */
    Optional<Integer> wholeNumber(String name) {
        String text = document.path(name).asText("").strip();
        if (!document.path(name).isTextual() || !text.matches("\\d{1,9}")) {
            return count(name);
        }
        understood.add(name);
        return Optional.of(Integer.parseInt(text));
    }

    boolean flag(String... spellings) {
        JsonNode value = value(spellings);
        return value.asText("").equalsIgnoreCase("true");
    }

    /** A field as it is, without taking it for understood. */
    JsonNode peek(String name) {
        return document.path(name);
    }

    /** Whether a field is there with something in it. */
    boolean has(String name) {
        return !empty(document.path(name));
    }

    /** Leaves fields among the rest after all: their value was of no use. */
    void keep(String... spellings) {
        for (String name : spellings) {
            understood.remove(name);
        }
    }

    /** Fields that are known and carry nothing worth keeping. */
    void skip(String... names) {
        understood.addAll(Set.of(names));
    }

    /** What was not understood. */
    ObjectNode rest() {
        ObjectNode rest = Json.object();
        document.fields().forEachRemaining(field -> {
            if (!understood.contains(field.getKey()) && !empty(field.getValue())) {
                rest.set(field.getKey(), field.getValue());
            }
        });
        return rest;
    }

    /** Puts what was not understood into the document that came of this one. */
    void putRest(ObjectNode target) {
        ObjectNode rest = rest();
        if (!rest.isEmpty()) {
            target.set("legacy", rest);
        }
    }

    private <T> Optional<T> unread(JsonNode value, String... spellings) {
        if (!value.isMissingNode()) {
            keep(spellings);
        }
        return Optional.empty();
    }

    private static boolean empty(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.textValue().isBlank());
    }
}
