package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.kubernetes.Overlay;
import io.cloneplatform.common.db.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What docs/runbook.md tells operators to type, and what they see then: typed, as far as no cluster is needed. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunbookIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Pattern PATH = Pattern.compile("\\b(?:k8s|docs|docker)/[\\w./-]+\\w");

    // MonitoringIT types it, before a Prometheus.
    private static final Pattern TYPED_ELSEWHERE =
            Pattern.compile("\n## Monitoring and alerts\n.*?(?=\n## )", Pattern.DOTALL);
    private static final String OLDER = "0.0.7";

    private final String page = read(Repository.root().resolve("docs/runbook.md"));
    private final TemporaryDirectory data = new TemporaryDirectory();
    private RunbookWorld world;

    @BeforeAll
    void prepare() {
        world = new RunbookWorld(data.path());
    }

    @AfterAll
    void remove() {
        data.close();
    }

    /** Every block in the order of the page, as it is typed. */
    @TestFactory
    Stream<DynamicTest> everyBlockDoesWhatThePageSays() {
        String here = TYPED_ELSEWHERE.matcher(page).replaceAll("\n");
        List<RunbookBlock> blocks = RunbookBlock.of(here);
        assertThat(blocks).hasSize((int) RunbookBlock.count(here)).hasSizeGreaterThan(35);
        return blocks.stream().map(block -> DynamicTest.dynamicTest(block.title(), () -> check(block)));
    }

    private void check(RunbookBlock block) {
        if (block.notRun() != null) {
            assertThat(new RunbookNames().complaints(block.lines())).isEmpty();
            return;
        }
        assertThat(block.expected()).as("what %s prints", block.title()).isNotNull();
        String said = block.language().equals("sql") ? world.sql(block.lines().strip()) : run(block);
        assertThat(said).matches(block.pattern());
    }

    private String run(RunbookBlock block) {
        if (block.lines().contains("curl ")) {
            Program.require("curl");
        }
        try (PlatformProcess shell = world.shell(block.lines()).start()) {
            int exit = shell.awaitExit(LIMIT);
            assertThat(exit == 0 || block.anyExit())
                    .as("exit code %d of %s", exit, shell)
                    .isTrue();
            return shell.wholeOutput() + "\n";
        }
    }

    @Test
    void everySectionThatItLinksToIsThere() {
        List<String> anchors = Pattern.compile("(?m)^#+ (.+)$")
                .matcher(page)
                .results()
                .map(found -> found.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
        assertThat(Pattern.compile("\\(#([^)]+)\\)").matcher(page).results().map(found -> found.group(1)))
                .isNotEmpty()
                .isSubsetOf(anchors);
    }

    @Test
    void theVersionOfTheProcessesIsShown() {
        assertThat(page).contains("`./clonectl version`");
        assertThat(shell("./clonectl version", Map.of())).containsPattern("(?m)^Schema +" + Schema.VERSION + "$");
    }

    @Test
    void composeTakesTheImagesOfTheRelease() {
        String lines = block("### Roll back on Compose", "sh");
        Program.require("docker-compose");
        String config = "docker-compose config";
        assertThat(shell(lines.replace("docker compose up -d --no-build", config), Map.of())
                        .lines())
                .filteredOn(line -> line.contains("image: clone-platform/"))
                .hasSize(8)
                .allMatch(line -> line.endsWith(":0.1.0"));
    }

    @Test
    void kubernetesTakesTheImagesOfTheReleaseAndUndoesEveryDeployment() {
        String section = section("### Roll back on Kubernetes");
        String label = "app.kubernetes.io/part-of=clone-platform";
        assertThat(section).contains("-n clone-platform rollout undo deployment -l " + label);
        String edit = section.lines()
                .filter(line -> line.startsWith("sed "))
                .findFirst()
                .orElseThrow();
        Assumptions.assumeTrue(Overlay.canRender(), Overlay.MISSING);
        try (TemporaryDirectory directory = new TemporaryDirectory()) {
            String there = directory.path().toString();
            String lines = "cp -r k8s monitoring %s; cd %s; %s; kubectl kustomize k8s/overlays/production"
                    .formatted(there, there, edit.replace("0.1.0", OLDER));
            String manifests = shell(lines, Map.of());
            assertThat(manifests.lines().filter(line -> line.contains("image: clone-platform/")))
                    .hasSize(7)
                    .allMatch(line -> line.endsWith(":" + OLDER));
            assertThat(manifests.split("(?m)^---$"))
                    .filteredOn(manifest -> manifest.contains("\nkind: Deployment\n"))
                    .hasSize(6)
                    .allMatch(manifest -> manifest.contains(label.replace("=", ": ")))
                    .allMatch(manifest -> manifest.contains("namespace: clone-platform"));
        }
    }

    @Test
    void everyFileThatItNamesIsThere() {
        List<String> named =
                PATH.matcher(page).results().map(match -> match.group()).toList();
        assertThat(named)
                .isNotEmpty()
                .allMatch(path -> Files.exists(Repository.root().resolve(path)));
    }

    private String block(String heading, String language) {
        String section = section(heading);
        String from = section.substring(section.indexOf("```" + language + "\n") + language.length() + 4);
        return from.substring(0, from.indexOf("```"));
    }

    private String section(String heading) {
        assertThat(page).contains(heading + "\n");
        String from = page.substring(page.indexOf(heading + "\n") + heading.length());
        int end = from.indexOf("\n### ");
        return end < 0 ? from : from.substring(0, end);
    }

    private static String shell(String lines, Map<String, String> settings) {
        try (PlatformProcess shell = new Launch(List.of("sh", "-e", "-c", lines), settings).start()) {
            assertThat(shell.awaitExit(LIMIT)).as("exit code of %s", shell).isZero();
            return shell.wholeOutput();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
