package io.cloneplatform.cli.backup;

import picocli.CommandLine.Command;

/** {@code clonectl backup}: the whole database in a file. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Keeps the whole database in files and brings it back.",
            "Exits with 0 when it is done, 1 when it is not, 2 when it is called in a wrong way."
        },
        footer = {
            "",
            "The database is the one of DATABASE_URL, or the embedded one in DATA_DIR. Backups are in BACKUP_DIR,",
            "or else in the directory backups of DATA_DIR; --dir names another one. A backup holds everything that is",
            "known about members, and hashes of their passwords: it is not encrypted, and only its owner can read it."
        },
        subcommands = {
            CreateCommand.class,
            ListCommand.class,
            VerifyCommand.class,
            RestoreCommand.class,
            PruneCommand.class,
            ScheduleCommand.class
        })
public final class BackupCommand {}
