package io.cloneplatform.acceptance.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.ValidationMessage;
import io.cloneplatform.acceptance.contract.Rubbish.Case;
import io.cloneplatform.acceptance.contract.Rubbish.Verdict;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.gateway.document.ApiOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rubbish in the body of one operation: in each of its fields, and as a whole. */
final class RubbishBodies {
    private static final Set<String> NEVER_A_VALUE =
            Set.of("NUL", "high surrogate", "low surrogate", "exponent", "large exponent", "negative exponent");
    private static final Set<String> NEVER_JSON = Set.of(
            "NaN",
            "infinity",
            "leading zero",
            "hexadecimal",
            "500 digits",
            "nested 30 deep",
            "nested 10000 deep",
            "objects 30 deep");

    private final RunningPlatform platform;
    private final Document document;
    private final ApiOperation operation;
    private final JsonNode schema;

    RubbishBodies(RunningPlatform platform, Document document, ApiOperation operation) {
        this.platform = platform;
        this.document = document;
        this.operation = operation;
        this.schema = operation.bodySchema().orElseThrow();
    }

    List<Case> cases(Draft good) {
        ObjectNode body = good.body() == null ? Json.object() : good.body();
        List<Case> cases = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            cases.addAll(field(field.getKey(), field.getValue(), body));
        }
        cases.add(nothing());
        cases.addAll(new RubbishWholeBodies(platform, operation).cases(body));
        return cases;
    }

    private List<Case> field(String field, JsonNode fieldSchema, ObjectNode good) {
        List<Case> cases = new ArrayList<>();
        BadValues.forField(fieldSchema)
                .forEach((name, value) ->
                        cases.add(fieldCase(field, name, value, fieldVerdict(field, name, value, good))));
        if (fieldSchema.has("items")) {
            BadValues.forField(fieldSchema.get("items"))
                    .forEach((name, value) -> cases.add(fieldCase(
                            field,
                            "[" + name + "]",
                            "[" + value + "]",
                            fieldVerdict(field, name, "[" + value + "]", good))));
        }
        if (field.endsWith("Id")) {
            BadValues.forId().forEach((name, value) -> {
                String json = Json.text(value);
                cases.add(fieldCase(field, "id " + name, json, fieldVerdict(field, "", json, good)));
            });
        }
        cases.add(new Case(
                field + " is missing",
                draft -> send(draft, body(draft).without(field)),
                verdict(field, good.deepCopy().without(field))));
        cases.add(
                new Case(field + " is given twice", draft -> send(draft, twice(draft, field)), Verdict.refused(field)));
        return cases;
    }

    private Case nothing() {
        Verdict verdict = operation.bodyRequired() ? verdict("body", Json.object()) : Verdict.HANDLED;
        return new Case("the body is {}", draft -> send(draft, "{}"), verdict);
    }

    private Case fieldCase(String field, String name, String value, Verdict verdict) {
        return new Case(field + " is " + name, draft -> send(draft, text(body(draft), field, value)), verdict);
    }

    private Verdict fieldVerdict(String field, String name, String value, ObjectNode good) {
        if (NEVER_JSON.contains(name)) {
            return Verdict.refused(field, "body");
        }
        if (NEVER_A_VALUE.contains(name)) {
            return Verdict.refused(field);
        }
        return verdict(field, Json.read(text(good, field, value)));
    }

    private Verdict verdict(String field, JsonNode body) {
        Set<String> wrong = new TreeSet<>();
        for (ValidationMessage message : document.schema(schema).validate(body)) {
            String location = message.getInstanceLocation().toString();
            wrong.add(location.isEmpty() ? message.getProperty() : location.split("/", 3)[1]);
        }
        if (wrong.isEmpty()) {
            return Verdict.HANDLED;
        }
        return new Verdict(Set.of(400), wrong.contains(field) ? Set.of(field) : wrong);
    }

    private static ObjectNode body(Draft draft) {
        return draft.body() == null ? Json.object() : draft.body().deepCopy();
    }

    private static String text(ObjectNode body, String field, String value) {
        String others = Json.text(body.deepCopy().without(field));
        String rest = others.equals("{}") ? "}" : "," + others.substring(1);
        return "{" + Json.text(field) + ":" + value + rest;
    }

    private static String twice(Draft draft, String field) {
        JsonNode value = body(draft).path(field);
        String json = value.isMissingNode() ? "1" : Json.text(value);
        return text(body(draft).put(field, 1), field, json)
                .replaceFirst("}$", "," + Json.text(field) + ":" + json + "}");
    }

    private Answer send(Draft draft, JsonNode body) {
        return send(draft, Json.text(body));
    }

    private Answer send(Draft draft, String text) {
        return draft.withoutBody().call(platform, operation).text(text).send();
    }
}
