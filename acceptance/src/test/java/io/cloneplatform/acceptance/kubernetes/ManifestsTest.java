package io.cloneplatform.acceptance.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.acceptance.process.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for both overlays: every object is one that Kubernetes takes, and every pod is locked down. */
class ManifestsTest {
    static final Set<String> PROCESSES = Set.of(
            "clone-gateway",
            "clone-auth-service",
            "clone-earnings-service",
            "clone-withdrawal-service",
            "clone-premium-service",
            "clone-support-service");

    private static final Path ROOT = Repository.root().resolve("k8s");
    private static final int STOP_LIMIT_SECONDS = 20;

    @BeforeAll
    static void requireKubectl() {
        // Not asked for by CI=true: the one that Debian packages is too old for these overlays.
        Assumptions.assumeTrue(Overlay.canRender(), Overlay.MISSING);
    }

    static Stream<Overlay> overlays() {
        return Stream.of("dev", "production").map(ManifestsTest::overlay);
    }

    static Overlay overlay(String name) {
        return Overlay.render(ROOT.resolve("overlays").resolve(name));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyObjectIsWhatThePublishedSchemasAllow(Overlay overlay) {
        assertThat(overlay.all()).isNotEmpty().allSatisfy(manifest -> assertThat(PublishedSchemas.problems(manifest))
                .as("%s", manifest)
                .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void anUnknownFieldAnywhereIsRefused(Overlay overlay) {
        Manifest process = overlay.one("Deployment", "clone-gateway");
        ((com.fasterxml.jackson.databind.node.ObjectNode) process.pod().at("/containers/0"))
                .put("imagePullPolice", "Never");
        assertThat(PublishedSchemas.problems(process)).isNotEmpty();
    }

    @Test
    void everyFileIsPartOfAKustomization() throws Exception {
        for (Path file : Overlay.files(ROOT)) {
            String name = String.valueOf(file.getFileName());
            if (!name.equals("kustomization.yaml")) {
                assertThat(Files.readString(file.resolveSibling("kustomization.yaml")))
                        .as("the kustomization beside %s", file)
                        .contains(name);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void allSixServicesAreThere(Overlay overlay) {
        assertThat(overlay.all("Deployment").stream().map(Manifest::name).collect(Collectors.toSet()))
                .isEqualTo(PROCESSES);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void theNamespaceAdmitsRestrictedPodsOnly(Overlay overlay) {
        assertThat(overlay.one("Namespace", "clone-platform")
                        .text("/metadata/labels/pod-security.kubernetes.io~1enforce"))
                .isEqualTo("restricted");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noPodIsRootOrMayWriteItsFileSystemOrHoldsATokenOfTheCluster(Overlay overlay) {
        for (Manifest owner : overlay.withPods()) {
            JsonNode pod = owner.pod();
            assertThat(pod.at("/automountServiceAccountToken")).as("%s", owner).hasToString("false");
            assertThat(pod.at("/securityContext/runAsNonRoot")).as("%s", owner).hasToString("true");
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            for (JsonNode container : pod.at("/containers")) {
                JsonNode security = container.at("/securityContext");
                assertThat(security.at("/allowPrivilegeEscalation"))
                        .as("%s", owner)
                        .hasToString("false");
                assertThat(security.at("/readOnlyRootFilesystem"))
                        .as("%s", owner)
                        .hasToString("true");
                assertThat(security.at("/capabilities/drop")).as("%s", owner).hasToString("[\"ALL\"]");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyContainerSaysWhatItNeedsAndWhatItMayTake(Overlay overlay) {
        for (Manifest owner : overlay.withPods()) {
            for (JsonNode container : owner.pod().at("/containers")) {
                for (String what : List.of("/requests/cpu", "/requests/memory", "/limits/cpu", "/limits/memory")) {
                    assertThat(container.at("/resources" + what).asText())
                            .as("%s %s", owner, what)
                            .isNotEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noSecretIsWrittenDown(Overlay overlay) {
        assertThat(overlay.all("Secret")).isEmpty();
        assertThat(overlay.all().toString()).doesNotContain("postgresql://");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void livenessAsksForTheProcessAloneAndReadinessForWhatItCanDo(Overlay overlay) {
        for (Manifest process : overlay.all("Deployment")) {
            JsonNode container = process.pod().at("/containers/0");
            assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
            assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/health/live");
            assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
            for (String probe : List.of("livenessProbe", "startupProbe", "readinessProbe")) {
                assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("management");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void aRolloutTakesNothingAwayBeforeItsReplacementServes(Overlay overlay) {
        for (Manifest process : overlay.all("Deployment")) {
            JsonNode rolling = process.at("/spec/strategy/rollingUpdate");
            assertThat(rolling.at("/maxUnavailable").asInt(-1))
                    .as("%s", process)
                    .isZero();
            assertThat(rolling.at("/maxSurge").asInt(-1)).as("%s", process).isOne();
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void aPodHasTheTimeToFinishWhatItDoes(Overlay overlay) {
        for (Manifest process : overlay.all("Deployment")) {
            int before = process.pod()
                    .at("/containers/0/lifecycle/preStop/sleep/seconds")
                    .asInt();
            assertThat(before)
                    .as("%s waits until it is no longer routed to", process)
                    .isPositive();
            assertThat(process.pod().at("/terminationGracePeriodSeconds").asInt())
                    .as("%s", process)
                    .isGreaterThan(before + STOP_LIMIT_SECONDS);
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void processesFindEachOtherBeforeTheyAreReady(Overlay overlay) {
        Manifest cluster = overlay.one("Service", "cluster");
        assertThat(cluster.text("/spec/clusterIP")).isEqualTo("None");
        assertThat(cluster.at("/spec/publishNotReadyAddresses")).hasToString("true");
        for (Manifest process : overlay.all("Deployment")) {
            assertThat(process.at("/spec/template/metadata/labels/clone-platform~1cluster")
                            .asText())
                    .isEqualTo(cluster.text("/spec/selector/clone-platform~1cluster"));
            assertThat(process.pod().at("/containers/0/env").toString())
                    .contains("{\"name\":\"CLUSTER\",\"value\":\"kubernetes\"}")
                    .contains("{\"name\":\"CLUSTER_DNS\",\"value\":\"cluster\"}");
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void theSchemaIsMigratedByAJobThatMayFailAndGoesAwayWhenDone(Overlay overlay) {
        Manifest migrate = overlay.one("Job", "migrate");
        assertThat(migrate.pod().at("/containers/0/args")).hasToString("[\"migrate\"]");
        assertThat(migrate.at("/spec/backoffLimit").asInt()).isPositive();
        assertThat(migrate.at("/spec/ttlSecondsAfterFinished").asInt()).isPositive();
    }

    @Test
    void withoutADatabaseThatKeepsItsOwnABackupIsMadeEveryDayOneAtATime() {
        Overlay dev = overlay("dev");
        Manifest backup = dev.one("CronJob", "backup");
        assertThat(backup.text("/spec/schedule")).isEqualTo("0 2 * * *");
        assertThat(backup.text("/spec/timeZone")).isEqualTo("Etc/UTC");
        assertThat(backup.text("/spec/concurrencyPolicy")).isEqualTo("Forbid");
        assertThat(backup.pod().at("/initContainers/0/args"))
                .hasToString("[\"backup\",\"prune\",\"--keep-days\",\"7\"]");
        JsonNode container = backup.pod().at("/containers/0");
        assertThat(container.at("/args")).hasToString("[\"backup\",\"create\"]");
        assertThat(backup.pod().at("/initContainers/0/securityContext")).isEqualTo(container.at("/securityContext"));
        assertThat(backup.pod().at("/volumes/0/persistentVolumeClaim/claimName").asText())
                .isEqualTo(dev.one("PersistentVolumeClaim", "backups").name());
    }
}
