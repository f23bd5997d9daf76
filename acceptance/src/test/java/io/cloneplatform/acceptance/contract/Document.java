package io.cloneplatform.acceptance.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.cloneplatform.gateway.document.ApiDocument;
import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.validate.EcmaPattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The OpenAPI document as a test reads it: the operations, and what each may answer. */
final class Document {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .regularExpressionFactory(EcmaPattern::of)
            .build();

    private final ApiDocument document = ApiDocument.load();
    private final Map<String, ApiOperation> operations = new LinkedHashMap<>();
    private final Map<JsonNode, JsonSchema> compiled = new ConcurrentHashMap<>();

    Document() {
        document.operations().forEach(operation -> operations.put(operation.id(), operation));
    }

    /** Every operation by its operationId, in the document's order. */
    Map<String, ApiOperation> operations() {
        return operations;
    }

    ApiOperation operation(String id) {
        return Optional.ofNullable(operations.get(id))
                .orElseThrow(() -> new AssertionError("the document has no operation " + id));
    }

    /** The statuses that an operation documents. */
    SortedSet<Integer> statuses(ApiOperation operation) {
        SortedSet<Integer> statuses = new TreeSet<>();
        node(operation).get("responses").fieldNames().forEachRemaining(name -> statuses.add(Integer.valueOf(name)));
        return statuses;
    }

    /** The status of an operation that worked; operations that always refuse document no 200. */
    int goodStatus(ApiOperation operation) {
        return statuses(operation).contains(200) ? 200 : 403;
    }

    /** The documented schemas of one status by media type, without references. */
    Map<String, JsonNode> answers(ApiOperation operation, int status) {
        Map<String, JsonNode> byType = new TreeMap<>();
        JsonNode response = resolve(node(operation).path("responses").path(String.valueOf(status)));
        for (Map.Entry<String, JsonNode> content : response.path("content").properties()) {
            byType.put(content.getKey(), document.enforced(content.getValue().get("schema")));
        }
        return byType;
    }

    /** A schema without references, compiled once. */
    JsonSchema schema(JsonNode schema) {
        return compiled.computeIfAbsent(schema, node -> SCHEMAS.getSchema(node, CONFIG));
    }

    /** The operation's examples of its request body. */
    List<JsonNode> requestExamples(ApiOperation operation) {
        JsonNode example = resolve(node(operation).path("requestBody")).at("/content/application~1json/example");
        return example.isMissingNode() ? List.of() : List.of(example);
    }

    /** The operation as it stands in the document. */
    JsonNode node(ApiOperation operation) {
        return document.tree()
                .get("paths")
                .get(operation.path())
                .get(operation.method().toLowerCase(Locale.ROOT));
    }

    private JsonNode resolve(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null
                ? node
                : resolve(document.tree().at(reference.textValue().substring(1)));
    }
}
