package io.cloneplatform.standalone.backup;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.standalone.backup.archive.ArchiveReader;
import io.cloneplatform.standalone.backup.archive.ArchiveWriter;
import io.cloneplatform.standalone.backup.archive.Manifest;
import io.cloneplatform.standalone.backup.create.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The backups in a directory. Everything blocks. */
public final class Backups {
    private static final int MAX_FILES = 10_000;
    private static final Comparator<Backup> NEWEST_FIRST = Comparator.comparing(
                    (Backup backup) -> backup.createdAt().orElse(Instant.EPOCH))
            .thenComparing(backup -> backup.name().text())
            .reversed();

    private final Path directory;

    private Backups(Path directory) {
        this.directory = directory;
    }

    /** Those in a directory, which need not exist. */
    public static Backups in(Path directory) {
        return new Backups(directory.toAbsolutePath().normalize());
    }

    /** Where they are. */
    public Path directory() {
        return directory;
    }

    /**
     * Makes a backup of a database while the platform goes on: one moment of it, whole, on disk and read
     * again when this returns; otherwise there is no file.
     *
     * @param listener is told how far it is
     * @throws BackupException saying why there is none
     */
    public Backup create(DatabaseConfig database, BackupName name, Consumer<Progress> listener) {
        try (BackupDirectory taken = BackupDirectory.take(directory)) {
            if (Files.exists(BackupDirectory.file(directory, name))) {
                throw new BackupException(
                        "There is a backup named " + name.text() + " already. Give this one another name.");
            }
            Path unfinished = taken.unfinished(name);
            try {
                write(database, name, unfinished, listener);
                verify(unfinished, listener);
                return read(taken.publish(name));
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new BackupException(Disk.explain(directory, e), e);
        } catch (SQLException e) {
            throw new BackupException("The database cannot be backed up: " + Reason.of(e) + ".", e);
        }
    }

    private void write(DatabaseConfig database, BackupName name, Path unfinished, Consumer<Progress> listener)
            throws IOException, SQLException {
        try (Snapshot snapshot = Snapshot.take(database)) {
            Disk.requireSpace(directory, snapshot.size());
            unfinished.toFile().deleteOnExit();
            try (ArchiveWriter archive = new ArchiveWriter(unfinished)) {
                snapshot.writeTo(archive, name.text(), listener);
            }
        }
    }

    /**
     * Reads a file to its end and compares every checksum.
     *
     * @throws BackupException saying what is wrong with it
     */
    public static Manifest verify(Path file, Consumer<Progress> listener) {
        try (ArchiveReader archive = ArchiveReader.open(file)) {
            long total = archive.manifest().bytes();
            AtomicLong done = new AtomicLong();
            return archive.verify(bytes -> listener.accept(
                    new Progress("Verifying " + archive.manifest().name(), done.addAndGet(bytes), total)));
        }
    }

    /** All of them, the newest first, those that cannot be read last. */
    public List<Backup> list() {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(BackupDirectory::isBackup)
                    .limit(MAX_FILES)
                    .map(Backups::read)
                    .sorted(NEWEST_FIRST)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new BackupException("The directory " + directory + " cannot be read: " + Reason.of(e) + ".", e);
        }
    }

    /** The newest that can be read. */
    public Optional<Backup> newest() {
        return list().stream().filter(Backup::isReadable).findFirst();
    }

    /**
     * The file that a person means: a name in this directory, or a path.
     *
     * @throws BackupException when there is neither
     */
    public Path find(String nameOrFile) {
        Path file = Path.of(nameOrFile);
        if (file.getNameCount() == 1 && !nameOrFile.endsWith(BackupDirectory.SUFFIX) && Files.notExists(file)) {
            Path named = BackupDirectory.file(directory, new BackupName(nameOrFile));
            if (Files.notExists(named)) {
                throw new BackupException("There is no backup named " + nameOrFile + " in " + directory + ".");
            }
            return named;
        }
        Path inDirectory = directory.resolve(file);
        return Files.notExists(file) && Files.exists(inDirectory) ? inDirectory : file;
    }

    private static Backup read(Path file) {
        BackupName name = BackupDirectory.name(file);
        try {
            long bytes = Files.size(file);
            try (ArchiveReader archive = ArchiveReader.open(file)) {
                return new Backup(name, file, bytes, Optional.of(archive.manifest()), Optional.empty());
            } catch (BackupException e) {
                return new Backup(name, file, bytes, Optional.empty(), Optional.of(e.getMessage()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The backups that are older than they are kept; never one that a person named, unless asked, and never
     * the newest that can be read.
     *
     * @param keep how long they are kept
     * @param named whether those that a person named may go too
     */
    public List<Backup> old(Duration keep, boolean named, Instant now) {
        Optional<Path> newest = newest().map(Backup::file);
        return list().stream()
                .filter(backup -> backup.createdAt()
                        .filter(at -> at.isBefore(now.minus(keep)))
                        .isPresent())
                .filter(backup -> named || !backup.name().isManual())
                .filter(backup -> newest.filter(backup.file()::equals).isEmpty())
                .toList();
    }

    /** Removes them. */
    public void remove(List<Backup> backups) {
        try (BackupDirectory taken = BackupDirectory.take(directory)) {
            for (Backup backup : backups) {
                taken.remove(backup.name());
            }
        } catch (IOException e) {
            throw new BackupException("A backup cannot be removed: " + Reason.of(e) + ".", e);
        }
    }
}
