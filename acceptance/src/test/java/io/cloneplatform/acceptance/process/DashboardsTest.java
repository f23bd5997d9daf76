package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dashboards that explain themselves, and that any Grafana can read. That their panels have data is for MonitoringIT. */
class DashboardsTest {
    private static final int GRAFANA_12 = 41;

    @Test
    void thereAreThreeThatAnyGrafanaCanRead() {
        List<JsonNode> dashboards = Panel.dashboards();
        assertThat(dashboards)
                .extracting(dashboard -> dashboard.at("/title").asText())
                .containsExactlyInAnyOrder("Health", "Services", "Money");
        assertThat(dashboards).allSatisfy(dashboard -> {
            assertThat(dashboard.at("/schemaVersion").asInt()).isEqualTo(GRAFANA_12);
            assertThat(dashboard.at("/uid").asText()).matches("clone-[a-z]+");
            assertThat(dashboard.has("id")).as("a number of one Grafana").isFalse();
            assertThat(dashboard.findValuesAsText("uid").stream().filter(uid -> !uid.startsWith("clone-")))
                    .as("sources of data")
                    .isNotEmpty()
                    .containsOnly("${datasource}");
            assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
        });
    }

    @Test
    void healthShowsWhatTheRunbookAsksFor() {
        assertThat(Panel.all().stream()
                        .filter(panel -> panel.dashboard().equals("Health"))
                        .map(panel -> panel.content().at("/title").asText()))
                .containsExactly(
                        "Request volume",
                        "Error rate",
                        "Auth success rate",
                        "Average response time",
                        "p95 response time",
                        "Premium assignments",
                        "Withdrawals",
                        "Tickets pending");
    }

    @Test
    void everyPanelSaysWhatItShowsAndInWhichUnit() {
        assertThat(Panel.all()).doesNotHaveDuplicates().allSatisfy(panel -> {
            assertThat(panel.content().at("/description").asText())
                    .as("%s", panel)
                    .endsWith(".");
            assertThat(panel.content().at("/fieldConfig/defaults/unit").asText())
                    .as("unit of %s", panel)
                    .isNotEmpty();
            assertThat(panel.expressions()).as("%s", panel).isNotEmpty().noneMatch(query -> query.contains("$"));
            assertThat(panel.content().at("/gridPos/w").asInt()).as("%s", panel).isBetween(4, 24);
        });
    }
}
