package io.cloneplatform.acceptance.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.acceptance.process.Program;
import io.cloneplatform.acceptance.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alerts that say who has to do what, and that were each seen to fire, to stay silent, and to stay silent just below. */
class AlertRulesTest {
    private static final List<Alert> ALERTS = Alert.all();

    @Test
    void everyAlertSaysHowUrgentItIsWhoseItIsAndWhatItMeansInOneSentence() {
        assertThat(ALERTS).hasSizeGreaterThan(20).doesNotHaveDuplicates().allSatisfy(alert -> {
            assertThat(alert.label("severity")).as("%s", alert).matches("P[123]");
            assertThat(alert.label("team")).as("%s", alert).isIn("platform", "money", "security");
            assertThat(alert.annotation("summary")).as("%s", alert).matches("[A-Z{][^\\n]+[^.]\\.");
            assertThat(List.of(alert.annotation("summary").split("\\. ", -1)))
                    .as("sentences of %s", alert)
                    .hasSize(1);
        });
    }

    @Test
    void everyAlertLeadsToAHeadingOfTheRunbook() {
        List<String> anchors = new Runbook().anchors();
        assertThat(ALERTS).allSatisfy(alert -> {
            String[] link = alert.annotation("runbook_url").split("#", 2);
            assertThat(link[0]).as("page for %s", alert).isEqualTo(Runbook.PATH);
            assertThat(anchors).as("headings for %s", alert).containsOnlyOnce(link[1]);
        });
    }

    @Test
    void theManifestForKubernetesIsWhatTheScriptMakesOfTheRules() throws IOException {
        Tool script = Tool.run(List.of("monitoring/write-manifest", "-"));
        assertThat(script.said())
                .as("run monitoring/write-manifest")
                .isEqualTo(Files.readString(Repository.root().resolve("k8s/overlays/production/alerts.yaml")));
    }

    @Test
    void prometheusTakesTheConfigurationAndTheRules() {
        Program.require("promtool");
        Tool check = Tool.run(List.of("promtool", "check", "config", "monitoring/prometheus/prometheus.yml"));
        assertThat(check.exit()).as(check.said()).isZero();
        assertThat(check.said()).contains("rule files found").doesNotContain("FAILED");
    }

    @Test
    void everyTestOfTheAlertsPasses() {
        Program.require("promtool");
        List<String> command = new ArrayList<>(List.of("promtool", "test", "rules"));
        Alert.files("monitoring/prometheus/tests").forEach(file -> command.add(file.toString()));
        Tool tests = Tool.run(command);
        assertThat(tests.exit()).as(tests.said()).isZero();
    }

    @Test
    void everyAlertIsSeenToFireToStaySilentAndToStaySilentJustBelow() {
        List<JsonNode> tests = Alert.files("monitoring/prometheus/tests").stream()
                .map(Alert::read)
                .flatMap(file -> Alert.elements(file.at("/tests")))
                .toList();
        assertThat(ALERTS).allSatisfy(alert -> {
            assertThat(test(tests, alert, " fires")).anyMatch(AlertRulesTest::expectsAlerts);
            assertThat(test(tests, alert, " stays silent")).isNotEmpty().noneMatch(AlertRulesTest::expectsAlerts);
            assertThat(test(tests, alert, " stays silent just below"))
                    .isNotEmpty()
                    .noneMatch(AlertRulesTest::expectsAlerts);
        });
    }

    private static List<JsonNode> test(List<JsonNode> tests, Alert alert, String what) {
        String name = alert + what;
        List<JsonNode> found = tests.stream()
                .filter(test -> test.at("/name").asText().equals(name)
                        || (what.endsWith("below") && test.at("/name").asText().startsWith(name + " ")))
                .flatMap(test -> Alert.elements(test.at("/alert_rule_test")))
                .toList();
        assertThat(found)
                .as("what the test \"%s\" asks for", name)
                .isNotEmpty()
                .allMatch(asked -> asked.at("/alertname").asText().equals(alert.name()));
        return found;
    }

    private static boolean expectsAlerts(JsonNode asked) {
        return asked.at("/exp_alerts").size() > 0;
    }
}
