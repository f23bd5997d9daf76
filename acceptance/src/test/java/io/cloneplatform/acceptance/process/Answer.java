package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.time.Duration;

/**
 * What came back for a call.
 *
 * @param call method and path, for messages
 * @param text the body as it came
 * @param took from sending to the end of the answer
 */
record Answer(String call, int status, HttpHeaders headers, String text, Duration took) {
    /** A success of the API: 200 and a JSON body that says so. */
    Answer ok() {
        assertThat(status).as("status of %s", this).isEqualTo(200);
        assertThat(at("/success").asBoolean()).as("success of %s", this).isTrue();
        return this;
    }

    /** A refusal of the API as every client expects one. */
    Answer problem(Integer... expected) {
        assertThat(status).as("status of %s", this).isIn((Object[]) expected);
        assertThat(header("content-type")).as("content type of %s", this).startsWith("application/problem+json");
        assertThat(at("/status").asInt()).as("status in %s", this).isEqualTo(status);
        for (String field : new String[] {"/type", "/title", "/detail", "/error", "/code", "/requestId"}) {
            assertThat(at(field).asText()).as("%s in %s", field, this).isNotBlank();
        }
        return this;
    }

    /** A refusal because something is away: the client is told when to come back. */
    Answer unavailable() {
        problem(503);
        assertThat(header("retry-after")).as("Retry-After of %s", this).matches("\\d+");
        return this;
    }

    Answer within(Duration limit) {
        assertThat(took).as("time of %s", this).isLessThanOrEqualTo(limit);
        return this;
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    JsonNode json() {
        return Json.read(text);
    }

    JsonNode at(String pointer) {
        return json().at(pointer);
    }

    String string(String pointer) {
        JsonNode value = at(pointer);
        assertThat(value.isTextual()).as("%s is a text in %s", pointer, this).isTrue();
        return value.textValue();
    }

    BigDecimal money(String pointer) {
        JsonNode value = at(pointer);
        assertThat(value.isNumber()).as("%s is a number in %s", pointer, this).isTrue();
        return value.decimalValue();
    }

    @Override
    public String toString() {
        return call + " -> " + status + " after " + took.toMillis() + " ms " + headers.map() + " " + text;
    }
}
