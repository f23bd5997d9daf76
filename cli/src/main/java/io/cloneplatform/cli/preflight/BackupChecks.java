package io.cloneplatform.cli.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Report;
import io.cloneplatform.cli.output.Report.Finding;
import io.cloneplatform.cli.testdata.Backups;
import io.cloneplatform.cli.testdata.Backups.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Whether there is something to go back to. */
final class BackupChecks {
    private static final Duration LIMIT = Duration.ofHours(26);

    private final Backups backups;

    BackupChecks(Backups backups) {
        this.backups = backups;
    }

    void run(Report report) {
        Answer answer = backups.list();
        if (answer.exit() != 0) {
            report.add(Finding.bad("Backup", "cannot be listed: " + answer.reason(), "clonectl backup list"));
            return;
        }
        List<JsonNode> all = StreamSupport.stream(
                        answer.document().path("backups").spliterator(), false)
                .toList();
        Optional<JsonNode> newest = all.stream().max(Comparator.comparing(BackupChecks::created));
        report.add(newest.map(this::judge)
                .orElseGet(() -> Finding.bad("Backup", "there is none", "clonectl backup create")));
        report.add(preDeployment(all));
    }

    private static Instant created(JsonNode backup) {
        return Instant.parse(backup.path("createdAt").asText("1970-01-01T00:00:00Z"));
    }

    private Finding judge(JsonNode backup) {
        String name = backup.path("name").asText();
        Duration age = Duration.between(created(backup), Instant.now());
        if (age.compareTo(LIMIT) > 0) {
            return Finding.bad("Backup", name + " is " + age.toHours() + " h old", "clonectl backup create");
        }
        Answer verified = backups.verify(name);
        return verified.exit() == 0
                ? Finding.good("Backup", name + " is " + age.toHours() + " h old and verified")
                : Finding.bad(
                        "Backup",
                        name + " cannot be restored: " + verified.reason(),
                        "clonectl backup create, then verify");
    }

    private static Finding preDeployment(List<JsonNode> all) {
        String name = "Pre-deployment-" + LocalDate.now(ZoneOffset.UTC);
        return all.stream().anyMatch(backup -> backup.path("name").asText().startsWith(name))
                ? Finding.good("Backup of today", name + " is there")
                : Finding.bad("Backup of today", name + " is missing", "clonectl backup create --name " + name);
    }
}
