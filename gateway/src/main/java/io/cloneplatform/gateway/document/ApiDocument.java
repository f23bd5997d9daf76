package io.cloneplatform.gateway.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The OpenAPI document: written by domain, served as one, and the table the gateway routes by. */
public final class ApiDocument {
    private static final String ROOT = "api";
    private static final List<String> PARTS =
            List.of("account", "privacy", "earnings", "withdrawals", "premium", "support", "admin", "admins", "audit");
    private static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch");

    private final ObjectNode document;
    private final List<ApiOperation> operations;
    private final byte[] json;
    private final byte[] yaml;

    private ApiDocument(ObjectNode document, ObjectMapper yamlMapper) throws IOException {
        this.document = document;
        this.operations = readOperations(document);
        this.json = Json.bytes(document);
        this.yaml = yamlMapper.writeValueAsBytes(document);
    }

    /** Reads and merges the parts from the class path; blocks for some hundred milliseconds. */
    public static ApiDocument load() {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS));
        try {
            ObjectNode merged = read(yaml, ROOT);
            for (String part : PARTS) {
                merge(merged, read(yaml, part));
            }
            return new ApiDocument(merged, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode read(ObjectMapper yaml, String part) throws IOException {
        try (InputStream in = ApiDocument.class.getResourceAsStream("/openapi/" + part + ".yaml")) {
            return (ObjectNode) yaml.readTree(in);
        }
    }

    private static void merge(ObjectNode target, ObjectNode source) {
        for (Map.Entry<String, JsonNode> field : source.properties()) {
            JsonNode existing = target.get(field.getKey());
            if (existing == null) {
                target.set(field.getKey(), field.getValue());
            } else if (existing instanceof ObjectNode object && field.getValue() instanceof ObjectNode more) {
                merge(object, more);
            } else {
                throw new IllegalStateException("the document defines " + field.getKey() + " twice");
            }
        }
    }

    private static List<ApiOperation> readOperations(ObjectNode document) {
        References references = new References(document);
        List<ApiOperation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (String method : METHODS) {
                JsonNode operation = path.getValue().get(method);
                if (operation != null) {
                    operations.add(ApiOperation.of(path.getKey(), method, operation, references));
                }
            }
        }
        return List.copyOf(operations);
    }

    /** Every operation, in the document's order. */
    public List<ApiOperation> operations() {
        return operations;
    }

    /** The whole document as a tree; not to be changed. */
    public JsonNode tree() {
        return document;
    }

    /** A schema of the document as it is enforced: without references, on its own. */
    public JsonNode enforced(JsonNode schema) {
        return new References(document).inline(schema);
    }

    /** The document as JSON. */
    public byte[] json() {
        return json.clone();
    }

    /** The document as YAML. */
    public byte[] yaml() {
        return yaml.clone();
    }
}
