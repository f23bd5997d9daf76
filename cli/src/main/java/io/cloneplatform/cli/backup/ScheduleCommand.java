package io.cloneplatform.cli.backup;

import io.cloneplatform.common.config.BackupConfig;
import io.cloneplatform.common.launch.ServiceMain;
import io.cloneplatform.standalone.backup.schedule.DailyBackup;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code clonectl backup schedule}: a process that does nothing else. */
@Command(
        name = "schedule",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a backup of the database of DATABASE_URL every day and removes old ones, until it is stopped.",
            "./clonectl up needs no schedule: it makes its backups by itself."
        },
        footer = {
            "",
            "Settings are environment variables:",
            "  BACKUP_AT         when, in UTC (02:00)",
            "  BACKUP_KEEP_DAYS  how long they are kept (7)",
            "  BACKUP_DIR        where they are",
            "  MANAGEMENT_PORT   health and metrics (9000)"
        })
public final class ScheduleCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        ServiceMain.run(new DailyBackup(BackupConfig.read(System.getenv())));
        return 1;
    }
}
