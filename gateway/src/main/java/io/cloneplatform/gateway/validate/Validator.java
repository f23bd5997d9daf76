package io.cloneplatform.gateway.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.cloneplatform.common.bus.FieldError;
import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.document.ApiParameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Holds the requests of one operation against the document; its schemas are compiled once. */
public final class Validator {
    private static final int MAX_ERRORS = 20;
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .cacheRefs(true)
            .regularExpressionFactory(EcmaPattern::of)
            .build();

    private final boolean bodyRequired;
    private final Optional<JsonSchema> body;
    private final Map<ApiParameter, JsonSchema> parameters = new LinkedHashMap<>();

    public Validator(ApiOperation operation) {
        this.bodyRequired = operation.bodyRequired();
        this.body = operation.bodySchema().map(Validator::compile);
        operation.parameters().forEach(parameter -> parameters.put(parameter, compile(parameter.schema())));
    }

    private static JsonSchema compile(JsonNode schema) {
        JsonSchema compiled = SCHEMAS.getSchema(schema, CONFIG);
        compiled.initializeValidators();
        return compiled;
    }

    /** Whether the operation reads a body. */
    public boolean takesBody() {
        return body.isPresent();
    }

    /**
     * The body as an object that the document accepts; null when the operation takes none.
     *
     * @throws BadInput naming every field that is wrong
     */
    public JsonNode body(byte[] bytes) throws BadInput {
        if (body.isEmpty()) {
            return null;
        }
        if (bytes.length == 0 && bodyRequired) {
            throw BadInput.body("is required");
        }
        JsonNode object = BodyReader.read(bytes);
        Set<ValidationMessage> messages = body.get().validate(object);
        if (!messages.isEmpty()) {
            throw BadInput.fields(errors(messages, ""));
        }
        return object;
    }

    /**
     * The declared parameters that were given, as text.
     *
     * @param pathValues values of path parameters by name
     * @param queryValues all values of a query parameter by name
     * @throws BadInput naming every parameter that is wrong
     */
    public Map<String, String> parameters(
            Function<String, String> pathValues, Function<String, List<String>> queryValues) throws BadInput {
        if (parameters.isEmpty()) {
            return Map.of();
        }
        Map<String, String> accepted = new TreeMap<>();
        List<FieldError> errors = new ArrayList<>();
        for (Map.Entry<ApiParameter, JsonSchema> entry : parameters.entrySet()) {
            ApiParameter parameter = entry.getKey();
            List<String> values = parameter.inPath()
                    ? List.of(pathValues.apply(parameter.name()))
                    : queryValues.apply(parameter.name());
            if (values.size() > 1) {
                errors.add(new FieldError(parameter.name(), "is given twice"));
            } else if (values.isEmpty()) {
                if (parameter.required()) {
                    errors.add(new FieldError(parameter.name(), "is required"));
                }
            } else {
                BodyReader.requireStorable(values.get(0), parameter.name());
                errors.addAll(errors(entry.getValue().validate(typed(parameter, values.get(0))), parameter.name()));
                accepted.put(parameter.name(), values.get(0));
            }
        }
        if (!errors.isEmpty()) {
            throw BadInput.fields(errors);
        }
        return accepted;
    }

    // A text that is not of the declared type stays a text, and the schema then refuses it by type.
    private static JsonNode typed(ApiParameter parameter, String value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (parameter.type().equals("boolean") && (value.equals("true") || value.equals("false"))) {
            return nodes.booleanNode(value.equals("true"));
        }
        if (parameter.type().equals("integer") && value.matches("-?[0-9]{1,18}")) {
            return nodes.numberNode(Long.parseLong(value));
        }
        return nodes.textNode(value);
    }

    private static List<FieldError> errors(Set<ValidationMessage> messages, String name) {
        return messages.stream()
                .limit(MAX_ERRORS)
                .map(message -> Complaint.of(message, name))
                .distinct()
                .toList();
    }
}
