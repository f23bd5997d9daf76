package io.cloneplatform.acceptance.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.cloneplatform.acceptance.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An alert as Prometheus reads it.
 *
 * @param name what it is called everywhere
 * @param rule the whole of it
 */
record Alert(String name, JsonNode rule) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** All that the rule files have. */
    static List<Alert> all() {
        return files("monitoring/prometheus/rules").stream()
                .map(Alert::read)
                .flatMap(file -> elements(file.at("/groups")))
                .flatMap(group -> elements(group.at("/rules")))
                .filter(rule -> rule.has("alert"))
                .map(rule -> new Alert(rule.at("/alert").asText(), rule))
                .toList();
    }

    /** The YAML files of a folder of the repository, in order. */
    static List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(Repository.root().resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    String label(String label) {
        return rule.at("/labels/" + label).asText();
    }

    String annotation(String annotation) {
        return rule.at("/annotations/" + annotation).asText();
    }

    @Override
    public String toString() {
        return name;
    }
}
