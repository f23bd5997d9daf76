package io.cloneplatform.standalone.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The directory of backups while one is being made or old ones are removed: one process at a time. */
final class BackupDirectory implements AutoCloseable {
    static final String SUFFIX = ".backup.zip";
    private static final String UNFINISHED = ".partial";
    private static final String LOCK_FILE = ".lock";

    private final Path path;
    private final FileChannel lock;

    private BackupDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Takes it, making it where it does not exist, and removes what a process left that was killed. */
    static BackupDirectory take(Path path) throws IOException {
        if (Files.notExists(path)) {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
        FileChannel channel = FileChannel.open(
                path.resolve(LOCK_FILE),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        if (!tryLock(channel)) {
            channel.close();
            throw new BackupException(
                    "Another backup is being made in " + path + ". Wait for it, or use another directory.");
        }
        BackupDirectory directory = new BackupDirectory(path, channel);
        directory.removeUnfinished();
        return directory;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void removeUnfinished() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            List<Path> left =
                    files.filter(file -> file.toString().endsWith(UNFINISHED)).toList();
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Where a backup is written, so that what is not finished is never taken for one. */
    Path unfinished(BackupName name) {
        return path.resolve(name.text() + UNFINISHED);
    }

    /** Gives a finished one its name, for good. */
    Path publish(BackupName name) throws IOException {
        Path file = file(path, name);
        Files.move(unfinished(name), file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        }
        return file;
    }

    void remove(BackupName name) throws IOException {
        Files.deleteIfExists(file(path, name));
    }

    /** The file of a backup. */
    static Path file(Path directory, BackupName name) {
        return directory.resolve(name.text() + SUFFIX);
    }

    /** Whether a file has the name of a backup. */
    static boolean isBackup(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) && BackupName.isAllowed(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** The name of the backup in a file. */
    static BackupName name(Path file) {
        String name = file.getFileName().toString();
        return new BackupName(name.substring(0, name.length() - SUFFIX.length()));
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
