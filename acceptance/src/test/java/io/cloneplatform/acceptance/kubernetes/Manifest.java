package io.cloneplatform.acceptance.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One object as it would be sent to Kubernetes.
 *
 * @param content the whole object
 */
record Manifest(JsonNode content) {
    String kind() {
        return text("/kind");
    }

    String name() {
        return text("/metadata/name");
    }

    String text(String pointer) {
        return at(pointer).asText();
    }

    JsonNode at(String pointer) {
        return content.at(pointer);
    }

    /** The elements of a list; none where there is no list. */
    Stream<JsonNode> each(String pointer) {
        return elements(at(pointer));
    }

    static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** Where pods are described; missing in what makes none. */
    JsonNode pod() {
        JsonNode pod = at("/spec/template/spec");
        return pod.isMissingNode() ? at("/spec/jobTemplate/spec/template/spec") : pod;
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
