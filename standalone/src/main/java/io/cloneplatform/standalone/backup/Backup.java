package io.cloneplatform.standalone.backup;

import io.cloneplatform.standalone.backup.archive.Manifest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that is a backup, or that was one.
 *
 * @param file where it is
 * @param bytes its size
 * @param manifest what it says about itself; empty when that cannot be read
 * @param problem why it cannot be read, as a sentence; empty when it can
 */
public record Backup(BackupName name, Path file, long bytes, Optional<Manifest> manifest, Optional<String> problem) {
    /** The moment of its snapshot; empty when it cannot be read. */
    public Optional<Instant> createdAt() {
        return manifest.map(Manifest::createdAt).map(Instant::parse);
    }

    /** Whether it can be read; its checksums are another matter. */
    public boolean isReadable() {
        return manifest.isPresent();
    }
}
