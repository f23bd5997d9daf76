package io.cloneplatform.cli.backup;

import io.cloneplatform.standalone.backup.Backups;
import io.cloneplatform.standalone.backup.archive.Manifest;
import io.cloneplatform.standalone.backup.restore.Rehearsal;
import io.cloneplatform.standalone.backup.restore.Restore;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clonectl backup verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Reads a backup to its end and compares every checksum.",
            "Exits with 0 when it is whole, with 1 and the reason when it is not."
        })
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private Place place;

    @Parameters(paramLabel = "NAME|FILE", description = "The name of a backup in the directory, or a file.")
    private String backup;

    @Option(
            names = "--deep",
            description = {
                "Also restores it into a PostgreSQL of its own in a temporary directory, and proves its books.",
                "Needs the room of a database there; TMPDIR chooses the place."
            })
    private boolean deep;

    @Override
    public Integer call() {
        return place.run(bar -> {
            Path file = place.backups().find(backup);
            Manifest manifest = deep ? restored(file, bar) : Backups.verify(file, bar);
            bar.close();
            place.out()
                    .println(
                            place.json()
                                    ? Shown.json(manifest)
                                            .put("file", file.toString())
                                            .put("whole", true)
                                            .put("restored", deep)
                                    : file + (deep ? " is whole and was restored: " : " is whole: ")
                                            + Shown.contents(manifest) + ".");
            return 0;
        });
    }

    private static Manifest restored(Path file, ProgressBar bar) {
        Restore.Restored restored = Rehearsal.of(file, bar);
        return restored.manifest();
    }
}
