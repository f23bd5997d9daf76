package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.kubernetes.Overlay;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What docs/runbook.md tells operators to type, as far as it can be typed without their cluster. */
@Timeout(120)
class RunbookIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Pattern PATH = Pattern.compile("\\b(?:k8s|docs|docker)/[\\w./-]+\\w");
    private static final String OLDER = "0.0.7";

    private final String page = read(Repository.root().resolve("docs/runbook.md"));

    @Test
    void theSchemaIsReadAsThePageSays() throws SQLException {
        try (Connection connection = TestDatabase.connect(TestDatabase.create());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(block("### Which version runs", "sql"))) {
            assertThat(rows.next()).isTrue();
            assertThat(Integer.parseInt(rows.getString("version"))).isEqualTo(Schema.VERSION);
        }
    }

    @Test
    void theVersionOfTheProcessesIsShown() {
        assertThat(page).contains("`./clonectl version`");
        assertThat(shell("./clonectl version", Map.of())).containsPattern("(?m)^Schema +" + Schema.VERSION + "$");
    }

    @Test
    void aDeploymentIsConfirmed() {
        String said = shell(
                block("### Confirm", "sh"),
                Map.of("API", SharedPlatform.api().base(), "ADMIN_KEY", SharedPlatform.ADMIN_KEY));
        assertThat(said).contains("27 passed, 0 failed");
    }

    @Test
    void aBackupIsMadeVerifiedAndRestored() {
        try (TemporaryDirectory directory = new TemporaryDirectory()) {
            String place = directory.path().toString();
            String source = TestDatabase.create();
            String made = shell(block("### Make a backup", "sh"), Map.of("DATABASE_URL", source, "BACKUP_DIR", place));
            String name = made.lines()
                    .filter(line -> line.startsWith("Pre-deployment-"))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .findFirst()
                    .orElseThrow();
            assertThat(shell(block("### Verify a backup", "sh"), Map.of("NAME", name, "BACKUP_DIR", place)))
                    .contains(name + ".backup.zip is whole: ")
                    .contains(name + ".backup.zip is whole and was restored: ");
            String empty = TestDatabase.createEmpty();
            assertThat(shell(
                            block("### Restore a backup", "sh"),
                            Map.of("DATABASE_URL", empty, "BACKUP_DIR", place, "NAME", name)))
                    .contains("Can be restored: ")
                    .contains("Restored " + place + "/" + name);
            assertThat(shell(block("### Remove old backups", "sh"), Map.of("BACKUP_DIR", place)))
                    .contains("There is nothing to remove.");
        }
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
