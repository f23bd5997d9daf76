package io.cloneplatform.common.db;

import java.util.Optional;

/**
 * The schema that a database has. A newer one than the code knows is no reason not to run: its migrations say in their names
 * what they are made for, {@code V0017__keep_notes_from_16} for code that knows version 16 or newer, and one that says
 * nothing is for its own version.
 *
 * @param version the newest migration; 0 without any
 * @param oldest the oldest version that code may know to run on it; 0 without any migration
 */
public record SchemaState(int version, int oldest) {
    /** Whether code that knows a version needs a migration first. */
    public boolean isBehind(int known) {
        return version < known;
    }

    /** Whether a newer release migrated the database than the one that knows a version. */
    public boolean isAhead(int known) {
        return version > known;
    }

    /** Why code that knows a version may not run here, in one sentence; empty when nothing that it uses is gone. */
    public Optional<String> refusal(int known) {
        return oldest <= known
                ? Optional.empty()
                : Optional.of("The database has schema version " + version + ", made for releases of schema " + oldest
                        + " and newer; this build is of schema " + known + ", so start a newer release.");
    }
}
