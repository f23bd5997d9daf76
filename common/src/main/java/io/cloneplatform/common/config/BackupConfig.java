package io.cloneplatform.common.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * Where backups are kept, and when they are made and removed.
 *
 * @param on whether they are made by themselves
 * @param at when, each day, in UTC
 * @param keepDays how long those are kept that were made by themselves
 * @param directory where they are
 */
public record BackupConfig(boolean on, LocalTime at, int keepDays, Path directory) {
    private static final String AT = "02:00";

    /**
     * Reads the environment.
     *
     * @throws ConfigException naming every problem
     */
    public static BackupConfig read(Map<String, String> environment) {
        Env env = new Env(environment);
        BackupConfig config = new BackupConfig(
                env.flag("BACKUPS", true),
                time(env),
                (int) env.number("BACKUP_KEEP_DAYS", 7, 1, 3_650),
                env.path("BACKUP_DIR")
                        .orElseGet(() ->
                                env.path("DATA_DIR").orElse(Path.of("data")).resolve("backups")));
        env.check();
        return config;
    }

    private static LocalTime time(Env env) {
        String text = env.text("BACKUP_AT", AT);
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            env.problem("BACKUP_AT", "expected a time such as " + AT + ", got '" + text + "'");
            return LocalTime.parse(AT);
        }
    }

    /** How long those are kept that were made by themselves. */
    public Duration keep() {
        return Duration.ofDays(keepDays);
    }
}
