package io.cloneplatform.cli.preflight;

import io.cloneplatform.cli.output.Report;
import io.cloneplatform.cli.output.Report.Finding;
import io.cloneplatform.common.config.ConfigException;
import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.db.SchemaState;
import io.cloneplatform.common.launch.StartException;
import io.cloneplatform.standalone.start.SchemaCheck;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The database's schema, and the disk of this machine. */
final class HostChecks {
    private static final long MIN_FREE = 2L * 1024 * 1024 * 1024;
    private static final long MEBIBYTE = 1024 * 1024;

    private final Map<String, String> environment;

    HostChecks(Map<String, String> environment) {
        this.environment = environment;
    }

    void run(Report report) {
        report.add(schema());
        report.add(disk());
    }

    private Finding schema() {
        if (environment.getOrDefault("DATABASE_URL", "").isBlank()) {
            return Finding.unknown(
                    "Schema",
                    "DATABASE_URL is not set; this build needs version " + Schema.VERSION,
                    "Set it as the services have it; the embedded database migrates itself");
        }
        try {
            DatabaseConfig database = PlatformConfig.read(environment).database();
            SchemaState state = SchemaCheck.state(database);
            return state.refusal(Schema.VERSION)
                    .map(sentence -> Finding.bad("Schema", sentence, "docs/runbook.md, Rollback"))
                    .orElseGet(() -> judge(state));
        } catch (StartException | ConfigException e) {
            return Finding.bad("Schema", e.getMessage(), "Check DATABASE_URL, and that the server runs");
        }
    }

    private static Finding judge(SchemaState state) {
        if (state.version() == Schema.VERSION) {
            return Finding.good("Schema", "version " + Schema.VERSION + ", as this build needs it");
        }
        return state.isAhead(Schema.VERSION)
                ? Finding.good("Schema", "version " + state.version() + " of a later release, which runs this build")
                : Finding.bad(
                        "Schema",
                        "version " + state.version() + "; this build needs " + Schema.VERSION,
                        "clonectl migrate");
    }

    private Finding disk() {
        Path directory =
                existing(Path.of(environment.getOrDefault("DATA_DIR", "data")).toAbsolutePath());
        try {
            FileStore store = Files.getFileStore(directory);
            long free = store.getUsableSpace();
            long all = store.getTotalSpace();
            String reason = free / MEBIBYTE + " MiB of " + all / MEBIBYTE + " MiB free at " + directory;
            return free < MIN_FREE && free < all / 10
                    ? Finding.bad("Disk", reason, "Remove what is not needed, or enlarge it, before anything is copied")
                    : Finding.good("Disk", reason);
        } catch (IOException e) {
            return Finding.unknown("Disk", "cannot be read: " + e.getMessage(), "df -h");
        }
    }

    private static Path existing(Path path) {
        Path directory = path;
        while (!Files.exists(directory) && directory.getParent() != null) {
            directory = directory.getParent();
        }
        return directory;
    }
}
