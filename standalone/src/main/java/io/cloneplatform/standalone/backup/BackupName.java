package io.cloneplatform.standalone.backup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a backup. One that was given by a person is kept until a person removes it; one made from the
 * time is removed when it is old.
 *
 * @param text up to 80 letters, digits, dots, hyphens and underscores, beginning with a letter or a digit
 */
public record BackupName(String text) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
    private static final Pattern TIMED = Pattern.compile("Backup-\\d{4}-\\d{2}-\\d{2}T\\d{6}Z");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("'Backup-'uuuu-MM-dd'T'HHmmss'Z'", Locale.ROOT);

    /**
     * Checks it.
     *
     * @throws BackupException when it could be anything but the name of a file
     */
    public BackupName {
        if (!isAllowed(text)) {
            throw new BackupException(
                    "A backup cannot be named '" + text
                            + "'. Use up to 80 letters, digits, dots, hyphens and underscores, and begin with a letter or a digit.");
        }
    }

    static boolean isAllowed(String text) {
        return ALLOWED.matcher(text).matches();
    }

    /** A name made from the time, such as {@code Backup-2026-11-30T020000Z}. */
    public static BackupName of(Instant moment) {
        return new BackupName(TIME.format(moment.atOffset(ZoneOffset.UTC)));
    }

    /** The name of one made before a deployment, such as {@code Pre-deployment-2026-11-30}. */
    public static BackupName preDeployment(LocalDate day) {
        return new BackupName("Pre-deployment-" + day);
    }

    /** Whether a person gave it. */
    public boolean isManual() {
        return !TIMED.matcher(text).matches();
    }
}
