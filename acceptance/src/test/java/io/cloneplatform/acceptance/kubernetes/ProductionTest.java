package io.cloneplatform.acceptance.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.acceptance.process.Repository;
import io.cloneplatform.common.config.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What production has beyond development: more than one of everything, and a way back. */
class ProductionTest {
    private static Overlay production;

    @BeforeAll
    static void render() {
        ManifestsTest.requireKubectl();
        production = ManifestsTest.overlay("production");
    }

    @Test
    void whatWasAcknowledgedIsOnTwoMachines() {
        Manifest postgres = production.one("Cluster", "postgres");
        assertThat(postgres.at("/spec/instances").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(postgres.at("/spec/postgresql/synchronous/number").asInt()).isPositive();
        assertThat(postgres.text("/spec/postgresql/synchronous/dataDurability")).isEqualTo("required");
        assertThat(postgres.text("/spec/affinity/podAntiAffinityType")).isEqualTo("required");
    }

    @Test
    void theDatabaseIsBackedUpDailyAndEveryMomentOfSevenDaysCanBeGoneBackTo() {
        Manifest backup = production.one("ScheduledBackup", "daily");
        assertThat(backup.text("/spec/schedule")).matches("0 \\d+ \\d+ \\* \\* \\*");
        assertThat(backup.text("/spec/cluster/name")).isEqualTo("postgres");
        Manifest store = production.one("ObjectStore", "backups");
        assertThat(store.text("/spec/retentionPolicy")).isEqualTo("7d");
        JsonNode archiver = production.one("Cluster", "postgres").at("/spec/plugins/0");
        assertThat(archiver.at("/isWALArchiver")).hasToString("true");
        assertThat(archiver.at("/parameters/barmanObjectName").asText()).isEqualTo(store.name());
    }

    @Test
    void aMomentThatWasIsComeBackToBesideTheDatabaseThatIs() {
        Overlay recovery = ManifestsTest.overlay("production/recovery");
        Manifest first = production.one("Cluster", "postgres");
        Manifest second = recovery.one("Cluster", "postgres-recovered");
        assertThat(recovery.all()).hasSize(1);
        assertThat(PublishedSchemas.problems(second)).isEmpty();
        assertThat(second.text("/spec/bootstrap/recovery/recoveryTarget/targetTime"))
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\+00");
        JsonNode archive = second.at("/spec/externalClusters/0");
        assertThat(archive.at("/name").asText()).isEqualTo(second.text("/spec/bootstrap/recovery/source"));
        assertThat(archive.at("/plugin/parameters/serverName").asText()).isEqualTo(first.name());
        assertThat(archive.at("/plugin/parameters/barmanObjectName"))
                .isEqualTo(first.at("/spec/plugins/0/parameters/barmanObjectName"));
        assertThat(second.at("/spec/plugins/0/parameters/serverName").asText())
                .as("its own archive does not mix with the first's")
                .isEqualTo(second.name());
        for (String same : List.of("imageName", "instances", "postgresql", "storage", "resources", "affinity")) {
            assertThat(second.at("/spec/" + same)).isEqualTo(first.at("/spec/" + same));
        }
    }

    @Test
    void whatPostgresKeepsIsNotKeptOnceMore() {
        assertThat(production.all("CronJob")).isEmpty();
        assertThat(production.all("PersistentVolumeClaim")).isEmpty();
    }

    @Test
    void everyServiceScalesOnItsCpuAndOnItsQueueFromTwoOn() {
        assertThat(targets("HorizontalPodAutoscaler", "/spec/scaleTargetRef/name"))
                .containsExactlyInAnyOrderElementsOf(ManifestsTest.PROCESSES);
        for (Manifest scaler : production.all("HorizontalPodAutoscaler")) {
            assertThat(scaler.at("/spec/minReplicas").asInt()).isGreaterThanOrEqualTo(2);
            assertThat(scaler.text("/spec/metrics/0/resource/name")).isEqualTo("cpu");
            assertThat(scaler.text("/spec/metrics/1/pods/metric/name")).isEqualTo("vertx_pool_queue_pending");
        }
    }

    @Test
    void noServiceLosesMoreThanOnePodToMaintenance() {
        assertThat(targets("PodDisruptionBudget", "/metadata/name"))
                .containsExactlyInAnyOrderElementsOf(ManifestsTest.PROCESSES);
        for (Manifest budget : production.all("PodDisruptionBudget")) {
            assertThat(budget.at("/spec/maxUnavailable").asInt()).isOne();
            assertThat("clone-" + budget.text("/spec/selector/matchLabels/app.kubernetes.io~1name"))
                    .isEqualTo(budget.name());
        }
    }

    @Test
    void replicasAreSpreadOverZonesAndMachines() {
        for (Manifest process : production.all("Deployment")) {
            assertThat(process.at("/spec/replicas").isMissingNode())
                    .as("the autoscaler owns the number of %s", process)
                    .isTrue();
            List<JsonNode> spread = Manifest.elements(process.pod().at("/topologySpreadConstraints"))
                    .toList();
            assertThat(spread)
                    .extracting(constraint -> constraint.at("/topologyKey").asText())
                    .containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
            assertThat(spread).allSatisfy(constraint -> assertThat(constraint.at("/labelSelector/matchLabels"))
                    .isEqualTo(process.at("/spec/selector/matchLabels")));
        }
    }

    @Test
    void theApiIsReachedOverTlsAlone() {
        Manifest ingress = production.one("Ingress", "gateway");
        List<String> secured = ingress.each("/spec/tls")
                .flatMap(tls -> Manifest.elements(tls.at("/hosts")))
                .map(JsonNode::asText)
                .toList();
        assertThat(ingress.each("/spec/rules").map(rule -> rule.at("/host").asText()))
                .isNotEmpty()
                .isEqualTo(secured);
        assertThat(ingress.text("/spec/rules/0/http/paths/0/backend/service/name"))
                .isEqualTo("gateway");
    }

    // Limits hold there, and without this everybody would be counted as the one ingress controller.
    @Test
    void whoCallsIsKnownBehindTheIngress() {
        JsonNode process = production.one("Deployment", "clone-gateway").pod().at("/containers/0");
        Map<String, String> settings = new HashMap<>();
        process.at("/env")
                .forEach(variable -> settings.put(
                        variable.get("name").asText(), variable.path("value").asText()));
        assertThat(settings).containsEntry("PROFILE", "production");
        assertThat(List.of(settings.get("TRUSTED_PROXIES").split(",")))
                .hasSizeGreaterThan(3)
                .allMatch(Network::isOne);
    }

    @Test
    void everyProcessIsWatched() {
        Manifest monitor = production.one("ServiceMonitor", "clone-platform");
        Manifest management = production.one("Service", "management");
        assertThat(management.at("/metadata/labels").toString())
                .contains(monitor.at("/spec/selector/matchLabels")
                        .toString()
                        .replace("{", "")
                        .replace("}", ""));
        assertThat(monitor.text("/spec/endpoints/0/port")).isEqualTo(management.text("/spec/ports/0/name"));
    }

    @Test
    void theAlertsAreThoseOfCompose() throws IOException {
        List<JsonNode> groups = new ArrayList<>();
        try (Stream<Path> rules = Files.list(Repository.root().resolve("monitoring/prometheus/rules"))) {
            rules.sorted().map(Overlay::read).forEach(file -> file.at("/groups").forEach(groups::add));
        }
        assertThat(production.one("PrometheusRule", "clone-platform").each("/spec/groups"))
                .as("alerts.yaml, which monitoring/write-manifest writes")
                .isNotEmpty()
                .containsExactlyElementsOf(groups);
    }

    @Test
    void theDashboardsAreThoseOfComposeWhereASidecarFindsThem() throws IOException {
        for (String dashboard : List.of("health", "services", "money")) {
            Path file = Repository.root().resolve("monitoring/grafana/dashboards/" + dashboard + ".json");
            Manifest map = production.one("ConfigMap", "dashboard-" + dashboard);
            assertThat(map.text("/metadata/labels/grafana_dashboard")).isEqualTo("1");
            assertThat(map.text("/data/" + dashboard + ".json")).isEqualTo(Files.readString(file));
        }
    }

    private static List<String> targets(String kind, String pointer) {
        return production.all(kind).stream()
                .map(manifest -> manifest.text(pointer))
                .collect(Collectors.toList());
    }
}
