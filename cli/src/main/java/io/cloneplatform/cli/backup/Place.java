package io.cloneplatform.cli.backup;

import io.cloneplatform.common.config.BackupConfig;
import io.cloneplatform.standalone.backup.BackupException;
import io.cloneplatform.standalone.backup.Backups;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands about backups take: where they are, and how to say what was done. */
final class Place {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--dir", paramLabel = "DIR", description = "The directory of the backups. Default: BACKUP_DIR.")
    private Path directory;

    @Option(names = "--json", description = "Answers with one JSON object.")
    private boolean json;

    /** The environment of the process. */
    Map<String, String> environment() {
        return System.getenv();
    }

    Backups backups() {
        return Backups.in(directory != null ? directory : config().directory());
    }

    BackupConfig config() {
        return BackupConfig.read(environment());
    }

    boolean json() {
        return json;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /**
     * Does it, with a bar on a terminal while it takes its time; 1, and the reason, where it cannot be done.
     */
    int run(ToIntFunction<ProgressBar> work) {
        try (ProgressBar bar = new ProgressBar(err())) {
            return work.applyAsInt(bar);
        } catch (BackupException e) {
            err().println(e.getMessage());
            return 1;
        }
    }
}
