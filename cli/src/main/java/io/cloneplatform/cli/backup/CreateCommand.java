package io.cloneplatform.cli.backup;

import io.cloneplatform.standalone.backup.Backup;
import io.cloneplatform.standalone.backup.BackupName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clonectl backup create}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a backup of the whole database, while the platform goes on.",
            "Exits with 0 when it is on disk and was read again, with 1 when there is none."
        })
final class CreateCommand implements Callable<Integer> {
    @Mixin
    private Place place;

    @ArgGroup
    private Naming naming = new Naming();

    /** How it is called. */
    static final class Naming {
        @Option(
                names = "--name",
                paramLabel = "NAME",
                description = "A name of its own, with which it is never removed by itself. Default: Backup-<time>.")
        private String name;

        @Option(names = "--pre-deployment", description = "The same as --name Pre-deployment-<date>.")
        private boolean preDeployment;

        BackupName chosen() {
            return name != null
                    ? new BackupName(name)
                    : preDeployment
                            ? BackupName.preDeployment(LocalDate.now(ZoneOffset.UTC))
                            : BackupName.of(Instant.now());
        }
    }

    @Override
    public Integer call() {
        return place.run(bar -> {
            BackupName name = naming.chosen();
            try (OperatedDatabase database = OperatedDatabase.toRead(place.environment(), bar)) {
                Backup made = place.backups().create(database.config(), name, bar);
                bar.close();
                place.out()
                        .println(
                                place.json()
                                        ? Shown.json(made)
                                        : "Made " + made.file() + ": " + Shown.size(made.bytes()) + ", "
                                                + Shown.contents(made.manifest().orElseThrow()) + ".");
                return 0;
            }
        });
    }
}
