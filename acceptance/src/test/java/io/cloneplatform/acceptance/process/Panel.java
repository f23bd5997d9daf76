package io.cloneplatform.acceptance.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One panel of a dashboard.
 *
 * @param dashboard the title of the dashboard
 * @param content all of the panel
 */
record Panel(String dashboard, JsonNode content) {
    /** The dashboards of the repository. */
    static List<JsonNode> dashboards() {
        try (Stream<Path> files = Files.list(Repository.root().resolve("monitoring/grafana/dashboards"))) {
            return files.sorted().map(Panel::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return Json.read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every panel with data of every dashboard. */
    static List<Panel> all() {
        return dashboards().stream()
                .flatMap(dashboard -> Monitoring.elements(dashboard.at("/panels"))
                        .filter(panel -> !panel.at("/type").asText().equals("row"))
                        .map(panel -> new Panel(dashboard.at("/title").asText(), panel)))
                .toList();
    }

    /** What it asks for when nothing is chosen. */
    List<String> expressions() {
        return Monitoring.elements(content.at("/targets"))
                .map(target -> target.at("/expr").asText())
                .map(expression ->
                        expression.replace("$__rate_interval", "1m").replaceAll("\\$(service|instance)", ".*"))
                .toList();
    }

    @Override
    public String toString() {
        return dashboard + ": " + content.at("/title").asText();
    }
}
