package io.cloneplatform.acceptance.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What came back.
 *
 * @param method the method of the request
 * @param path the path of the request as it was sent
 * @param status the HTTP status
 * @param headers all headers, names in lower case
 * @param text the body
 * @param tookMs from sending to the last byte
 */
public record Answer(
        String method, String path, int status, Map<String, List<String>> headers, String text, long tookMs) {

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** The media type without its parameters; empty when there is none. */
    public String mediaType() {
        return header("content-type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** The body as JSON. */
    public JsonNode json() {
        return Json.read(text);
    }

    /** The stable token of a refusal. */
    public String code() {
        return json().path("code").asText();
    }

    /** The fields that a refusal names. */
    public Set<String> fields() {
        Set<String> fields = new TreeSet<>();
        json().path("errors").forEach(error -> fields.add(error.path("field").asText()));
        return fields;
    }

    /** The JSON of an answer that has to be 200. */
    public JsonNode ok() {
        if (status != 200) {
            throw new AssertionError("expected 200: " + this);
        }
        return json();
    }

    @Override
    public String toString() {
        String shown = text.length() > 600 ? text.substring(0, 600) + "..." : text;
        return method + " " + path + " -> " + status + " " + shown;
    }
}
