package io.cloneplatform.acceptance.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Locale;

/**
 * What an object of a kind may and must say. For what is built in, the models that the Kubernetes project generates from its
 * published description; for custom resources, a schema of the part that we use.
 */
final class PublishedSchemas {
    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    private PublishedSchemas() {}

    /** What is wrong with it, unknown fields first; empty when nothing is. */
    static List<String> problems(Manifest manifest) {
        return isBuiltIn(manifest.text("/apiVersion")) ? builtIn(manifest) : custom(manifest);
    }

    // The groups of the project itself have no dot, or end in k8s.io.
    private static boolean isBuiltIn(String apiVersion) {
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        return !group.contains(".") || group.endsWith(".k8s.io");
    }

    private static List<String> builtIn(Manifest manifest) {
        String apiVersion = manifest.text("/apiVersion");
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        String model = version.substring(0, 1).toUpperCase(Locale.ROOT) + version.substring(1) + manifest.kind();
        try {
            Class.forName(MODELS + model)
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(manifest.content().toString()));
            return List.of();
        } catch (InvocationTargetException e) {
            return List.of(String.valueOf(e.getCause().getMessage()));
        } catch (ReflectiveOperationException e) {
            return List.of("There is no " + apiVersion + " " + manifest.kind());
        }
    }

    private static List<String> custom(Manifest manifest) {
        try (InputStream in = PublishedSchemas.class.getResourceAsStream("/k8s-schemas/" + manifest.kind() + ".json")) {
            if (in == null) {
                return List.of("No schema for " + manifest.text("/apiVersion") + " " + manifest.kind());
            }
            JsonNode schema = new ObjectMapper().readTree(in);
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(schema)
                    .validate(manifest.content())
                    .stream()
                    .map(ValidationMessage::getMessage)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
