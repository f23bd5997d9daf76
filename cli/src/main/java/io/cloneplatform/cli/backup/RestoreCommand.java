package io.cloneplatform.cli.backup;

import io.cloneplatform.cli.output.Terminal;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.standalone.backup.restore.Restore;
import io.cloneplatform.standalone.backup.restore.Restore.Restored;
import java.io.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clonectl backup restore}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Restores a backup into an empty database, all of it or nothing, and proves its books before anybody sees it.",
            "A backup of an older release is brought to the schema of this one.",
            "Exits with 0 when it is restored, with 1 and the reason when the database is as it was."
        })
final class RestoreCommand implements Callable<Integer> {
    @Mixin
    private Place place;

    @Parameters(paramLabel = "NAME|FILE", description = "The name of a backup in the directory, or a file.")
    private String backup;

    @Option(
            names = "--force",
            description = "Replaces what the database has; the platform must be stopped. Asks before, or needs --yes.")
    private boolean force;

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    @Option(names = "--despite-problems", description = "Restores books that do not balance as they are.")
    private boolean despiteProblems;

    @Option(names = "--dry-run", description = "Tells whether the backup could be restored, and changes nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        return place.run(bar -> {
            Path file = place.backups().find(backup);
            if (force && !dryRun && !isConfirmed()) {
                place.err().println("Nothing was restored.");
                return 1;
            }
            try (OperatedDatabase database = OperatedDatabase.toWrite(place.environment(), bar)) {
                Restore restore = new Restore(database.config(), new Restore.Options(force, despiteProblems), bar);
                Restored restored = dryRun ? restore.rehearsed(file) : restore.from(file);
                bar.close();
                print(file, restored);
                return 0;
            }
        });
    }

    private boolean isConfirmed() {
        if (yes) {
            return true;
        }
        Optional<Console> terminal = Terminal.get();
        if (terminal.isEmpty()) {
            place.err().println("--force replaces everything in the database. Without a terminal it needs --yes too.");
            return false;
        }
        String answer = terminal.get()
                .readLine(
                        "Everything in the database is replaced by the backup, and what happened since is lost. Type yes: ");
        return answer != null && answer.strip().equals("yes");
    }

    private void print(Path file, Restored restored) {
        if (place.json()) {
            var answer =
                    Shown.json(restored.manifest()).put("file", file.toString()).put("dryRun", dryRun);
            answer.set("leftOut", Json.MAPPER.valueToTree(restored.leftOut()));
            answer.set("problems", Json.MAPPER.valueToTree(restored.problems()));
            place.out().println(answer);
            return;
        }
        warn("Not restored, because the platform has no such table: ", restored.leftOut());
        warn("The books do not balance: ", restored.problems());
        place.out()
                .println((dryRun ? "Can be restored: " : "Restored " + file + ": ")
                        + Shown.contents(restored.manifest()) + ".");
    }

    private void warn(String what, List<String> subjects) {
        subjects.forEach(subject -> place.err().println(what + subject));
    }
}
