package io.cloneplatform.acceptance.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.process.Program;
import io.cloneplatform.acceptance.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who gets which alert: by its severity, as the runbook's table of contacts says. */
class RoutesTest {
    private static final String CONFIG = "monitoring/alertmanager/alertmanager.yml";
    private static final Map<String, String> RECEIVERS = Map.of("P1", "page", "P2", "chat", "P3", "ticket");

    @BeforeAll
    static void requireAmtool() {
        Program.require("amtool");
    }

    @Test
    void alertmanagerTakesTheConfiguration() {
        Tool check = Tool.run(List.of("amtool", "check-config", CONFIG));
        assertThat(check.exit()).as(check.said()).isZero();
        assertThat(check.said()).contains("3 receivers", "1 templates");
    }

    @Test
    void everyAlertGoesWhereItsSeveritySays() {
        assertThat(Alert.all()).isNotEmpty().allSatisfy(alert -> {
            String receiver = RECEIVERS.get(alert.label("severity"));
            Tool route = Tool.run(List.of(
                    "amtool",
                    "config",
                    "routes",
                    "test",
                    "--config.file=" + CONFIG,
                    "--verify.receivers=" + receiver,
                    "alertname=" + alert.name(),
                    "severity=" + alert.label("severity"),
                    "team=" + alert.label("team")));
            assertThat(route.exit()).as("%s: %s", alert, route.said()).isZero();
        });
    }

    @Test
    void theTableOfContactsSaysTheSame() {
        List<String> contacts = new Runbook().contacts();
        Assumptions.assumeFalse(contacts.isEmpty(), "docs/runbook.md has no table of contacts");
        assertThat(contacts).hasSize(RECEIVERS.size());
        assertThat(contacts).allSatisfy(line -> {
            String severity = line.replaceAll("\\W*(P\\d).*", "$1");
            assertThat(line.toLowerCase(Locale.ROOT)).contains(RECEIVERS.get(severity));
        });
    }

    @Test
    void noAddressToSendToIsWrittenDown() throws IOException {
        assertThat(Files.readString(Repository.root().resolve(CONFIG))).doesNotContain("http://", "https://");
    }
}
