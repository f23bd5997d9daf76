package io.cloneplatform.acceptance.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.gateway.document.ApiOperation;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What every answer has to keep: the document's schema for its status, and the contract's rules for all of them. */
final class AnswerRules {
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]*");
    private static final Pattern LEAK = Pattern.compile(
            "\\b(?:io\\.(?:cloneplatform|vertx|netty)|java\\.\\w+)\\.|\\w(?:Exception|Error)\\b|kv_store_|ledger_\\w"
                    + "|\\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM) \\w+|\\bnull pointer|\\bSQLSTATE|\\n\\s+at ");
    private static final String PROBLEM = "application/problem+json";

    private final Document document;

    AnswerRules(Document document) {
        this.document = document;
    }

    /** What is wrong with an answer; empty when nothing is. */
    List<String> complaints(ApiOperation operation, Answer answer) {
        List<String> complaints = new ArrayList<>();
        Map<String, JsonNode> documented = document.answers(operation, answer.status());
        if (documented.isEmpty()) {
            complaints.add("status " + answer.status() + " is not documented");
        } else if (!documented.containsKey(answer.mediaType())) {
            complaints.add("content type '" + answer.mediaType() + "' is not one of " + documented.keySet());
        } else if (answer.mediaType().endsWith("json")) {
            complaints.addAll(bodyComplaints(documented.get(answer.mediaType()), answer));
        }
        complaints.addAll(headerComplaints(answer));
        if (answer.status() >= 400 && answer.mediaType().equals(PROBLEM) && !isBroken(answer)) {
            complaints.addAll(problemComplaints(answer));
        }
        return complaints;
    }

    /** What is wrong with a refusal that no operation documents, such as 404 for an unknown path. */
    static List<String> refusalComplaints(Answer answer) {
        List<String> complaints = new ArrayList<>(headerComplaints(answer));
        if (!answer.mediaType().equals(PROBLEM)) {
            complaints.add("content type is '" + answer.mediaType() + "', not " + PROBLEM);
        } else if (isBroken(answer)) {
            complaints.add("is not JSON");
        } else {
            complaints.addAll(problemComplaints(answer));
        }
        return complaints;
    }

    private static boolean isBroken(Answer answer) {
        try {
            return !Json.MAPPER.readTree(answer.text()).isObject();
        } catch (JsonProcessingException e) {
            return true;
        }
    }

    private List<String> bodyComplaints(JsonNode schema, Answer answer) {
        if (isBroken(answer)) {
            return List.of("is not a JSON object");
        }
        List<String> complaints = new ArrayList<>();
        document.schema(schema)
                .validate(answer.json())
                .forEach(message -> complaints.add("breaks its schema: " + message.getMessage()));
        Set<String> undocumented = new TreeSet<>();
        collectUndocumented(schema, answer.json(), "", undocumented);
        if (!undocumented.isEmpty()) {
            complaints.add("has fields that are not documented: " + undocumented);
        }
        return complaints;
    }

    // The document names every field: what it does not know has no business on the wire.
    private static void collectUndocumented(JsonNode schema, JsonNode value, String path, Set<String> into) {
        if (value.isObject()) {
            Map<String, JsonNode> known = new TreeMap<>();
            collectProperties(schema, known);
            if (!known.isEmpty() && !schema.path("additionalProperties").asBoolean(false)) {
                value.properties().forEach(field -> {
                    String name = path + "/" + field.getKey();
                    if (known.containsKey(field.getKey())) {
                        collectUndocumented(known.get(field.getKey()), field.getValue(), name, into);
                    } else {
                        into.add(name);
                    }
                });
            }
        } else if (value.isArray()) {
            value.forEach(item -> collectUndocumented(schema.path("items"), item, path + "[]", into));
        }
    }

    private static void collectProperties(JsonNode schema, Map<String, JsonNode> into) {
        schema.path("properties").properties().forEach(field -> into.putIfAbsent(field.getKey(), field.getValue()));
        for (String combination : List.of("allOf", "anyOf", "oneOf")) {
            schema.path(combination).forEach(part -> collectProperties(part, into));
        }
    }

    private static List<String> headerComplaints(Answer answer) {
        List<String> complaints = new ArrayList<>();
        List<String> needed = new ArrayList<>(List.of("x-request-id"));
        switch (answer.status()) {
            case 401 -> needed.add("WWW-Authenticate");
            case 405 -> needed.add("Allow");
            case 429, 503 -> needed.add("Retry-After");
            case 409 -> {
                if (answer.text().contains("IDEMPOTENCY_KEY_IN_PROGRESS")) {
                    needed.add("Retry-After");
                }
            }
            default -> {}
        }
        for (String name : needed) {
            if (answer.header(name).orElse("").isBlank()) {
                complaints.add("has no " + name + " header");
            }
        }
        return complaints;
    }

    private static List<String> problemComplaints(Answer answer) {
        List<String> complaints = new ArrayList<>();
        JsonNode problem = answer.json();
        expect(complaints, problem.path("status").asInt() == answer.status(), "status differs from the HTTP status");
        expect(complaints, CODE.matcher(problem.path("code").asText()).matches(), "code is not UPPER_SNAKE");
        expect(
                complaints,
                answer.header("x-request-id")
                        .orElse("")
                        .equals(problem.path("requestId").asText()),
                "requestId differs from the x-request-id header");
        expect(complaints, isUri(problem.path("type").asText()), "type is not a URI");
        for (String sentence : List.of("title", "detail", "error")) {
            String text = problem.path(sentence).asText();
            expect(complaints, !text.isBlank() && text.length() <= 400, sentence + " is not one sentence: " + text);
            expect(complaints, !LEAK.matcher(text).find(), sentence + " shows what is inside: " + text);
        }
        expect(complaints, !problem.has("success"), "carries success");
        if (problem.path("code").asText().equals("VALIDATION_FAILED")) {
            expect(complaints, !problem.path("errors").isEmpty(), "is about input and names no field");
        }
        for (JsonNode error : problem.path("errors")) {
            expect(complaints, !error.path("field").asText().isBlank(), "names an empty field");
            expect(complaints, !error.path("message").asText().isBlank(), "says nothing about a field");
            expect(complaints, !LEAK.matcher(error.path("message").asText()).find(), "shows what is inside: " + error);
        }
        return complaints;
    }

    private static boolean isUri(String text) {
        try {
            return URI.create(text).isAbsolute();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void expect(List<String> complaints, boolean kept, String complaint) {
        if (!kept) {
            complaints.add(complaint);
        }
    }
}
