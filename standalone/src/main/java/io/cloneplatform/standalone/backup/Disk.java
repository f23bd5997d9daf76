package io.cloneplatform.standalone.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The room that a backup needs. */
final class Disk {
    // Documents shrink to less than that; a disk that fills up all the same is noticed too.
    private static final int SHRINKS = 5;
    private static final long RESERVE = 16L << 20;
    private static final String FULL = "No space left on device";
    private static final String OVER_QUOTA = "quota exceeded";

    private Disk() {}

    /** Refuses to begin what will not fit: filling the disk would harm whatever else is on it. */
    static void requireSpace(Path directory, long tables) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        long needed = tables / SHRINKS + RESERVE;
        if (free < needed) {
            throw new BackupException("There is no room for a backup in " + directory + ": it needs about "
                    + (needed >> 20) + " MB, " + (free >> 20) + " MB are free.");
        }
    }

    /** Why a file was not written, as a sentence. */
    static String explain(Path directory, IOException failure) {
        String reason = String.valueOf(failure.getMessage());
        return reason.contains(FULL) || reason.contains(OVER_QUOTA)
                ? "The disk of " + directory + " is full. No backup was made, and what was written of it is removed."
                : "No backup can be made in " + directory + ": " + Reason.of(failure) + ".";
    }
}
