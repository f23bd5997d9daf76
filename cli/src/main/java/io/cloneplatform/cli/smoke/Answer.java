package io.cloneplatform.cli.smoke;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cloneplatform.common.json.Json;
import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * What the API answered, with the assertions of the suite. Fields are named by JSON pointers.
 *
 * @param request the call, for messages
 * @param status the HTTP status
 * @param headers the HTTP headers
 * @param text the body as it came
 * @param body the body as JSON; missing when it is none
 */
record Answer(String request, int status, HttpHeaders headers, String text, JsonNode body) {
    private static final int SHOWN = 200;

    static Answer of(String request, HttpResponse<String> response) {
        return new Answer(
                request, response.statusCode(), response.headers(), response.body(), jsonOrMissing(response.body()));
    }

    private static JsonNode jsonOrMissing(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** A success: 200 with a JSON object that says so. */
    Answer ok() {
        status(200);
        return equal("/success", true);
    }

    /** A refusal as the contract has it: a problem document with a code and one sentence. */
    Answer refused(int expected, String code) {
        status(expected);
        String type = headers.firstValue("content-type").orElse("none");
        if (!type.startsWith("application/problem+json")) {
            throw failed("content type", "application/problem+json", type);
        }
        equal("/status", expected).equal("/code", code);
        return text("/error").text("/detail").text("/title").text("/requestId");
    }

    Answer status(int expected) {
        if (status != expected) {
            throw failed("status", expected, status + " " + shortText());
        }
        if (!body.isObject()) {
            throw failed("body", "a JSON object", shortText());
        }
        return this;
    }

    Answer equal(String pointer, Object expected) {
        JsonNode value = at(pointer);
        boolean equal = expected instanceof Integer number
                ? value.isIntegralNumber() && value.intValue() == number
                : value.equals(Json.MAPPER.valueToTree(expected));
        if (!equal) {
            throw failed(pointer, Json.text(expected), shown(value));
        }
        return this;
    }

    /** An amount, exact to the cent: {@code 80} and {@code 80.00} are the same. */
    Answer money(String pointer, String expected) {
        JsonNode value = at(pointer);
        if (!value.isNumber() || value.decimalValue().compareTo(new BigDecimal(expected)) != 0) {
            throw failed(pointer, expected, shown(value));
        }
        return this;
    }

    /** A text that is not empty. */
    Answer text(String pointer) {
        JsonNode value = at(pointer);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw failed(pointer, "a text", shown(value));
        }
        return this;
    }

    Answer holds(String pointer, String expectation, Predicate<JsonNode> predicate) {
        JsonNode value = at(pointer);
        if (!predicate.test(value)) {
            throw failed(pointer, expectation, shown(value));
        }
        return this;
    }

    /** The element of an array whose field has the value; missing when there is none. */
    JsonNode find(String arrayPointer, String fieldPointer, String value) {
        return StreamSupport.stream(at(arrayPointer).spliterator(), false)
                .filter(element -> value.equals(element.at(fieldPointer).asText()))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** The element of an array whose field has the value, as an answer of its own; fails when there is none. */
    Answer element(String arrayPointer, String fieldPointer, String value) {
        JsonNode found = find(arrayPointer, fieldPointer, value);
        if (found.isMissingNode()) {
            throw failed(arrayPointer, "an element with " + fieldPointer + " " + value, shown(at(arrayPointer)));
        }
        return new Answer(request + " " + arrayPointer, status, headers, text, found);
    }

    String string(String pointer) {
        text(pointer);
        return at(pointer).textValue();
    }

    JsonNode at(String pointer) {
        return body.at(pointer);
    }

    CheckFailed failed(String what, Object expected, Object got) {
        return CheckFailed.expected(request + " " + what, expected, got);
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "nothing" : shorten(value.toString());
    }

    private String shortText() {
        return text.isBlank() ? "(empty)" : shorten(text.strip().replaceAll("\\s+", " "));
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
