package io.cloneplatform.cli.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.standalone.backup.Backup;
import io.cloneplatform.standalone.backup.Backups;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clonectl backup prune}. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = {
            "Removes backups that are older than they are kept; never the newest one, and none with a name of its own.",
            "Exits with 0 also when there is nothing to remove, with 1 when one cannot be removed."
        })
final class PruneCommand implements Callable<Integer> {
    private static final int MAX_DAYS = 3_650;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place;

    @Option(names = "--keep-days", paramLabel = "DAYS", description = "How long. Default: BACKUP_KEEP_DAYS, or 7.")
    private Integer keepDays;

    @Option(names = "--named", description = "Removes those with a name of their own too.")
    private boolean named;

    @Option(names = "--dry-run", description = "Tells what would be removed, and removes nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        if (keepDays != null && (keepDays < 1 || keepDays > MAX_DAYS)) {
            throw new ParameterException(spec.commandLine(), "--keep-days: expected 1 to " + MAX_DAYS);
        }
        return place.run(bar -> {
            Backups backups = place.backups();
            Duration keep = keepDays == null ? place.config().keep() : Duration.ofDays(keepDays);
            List<Backup> old = backups.old(keep, named, Instant.now());
            if (!dryRun && !old.isEmpty()) {
                backups.remove(old);
            }
            print(old);
            return 0;
        });
    }

    private void print(List<Backup> old) {
        if (place.json()) {
            ObjectNode answer = Json.object().put("dryRun", dryRun);
            var names = answer.putArray("removed");
            old.forEach(backup -> names.add(backup.name().text()));
            place.out().println(answer);
            return;
        }
        old.forEach(backup -> place.out()
                .println((dryRun ? "Would remove " : "Removed ") + backup.name().text()));
        if (old.isEmpty()) {
            place.out().println("There is nothing to remove.");
        }
    }
}
