package io.cloneplatform.standalone.start;

import io.cloneplatform.common.launch.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/**
 * The directory that holds everything the platform keeps on this machine, locked for one process: the operating system
 * drops the lock when the process ends, however it ends. One process takes it at most once.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String LOCK_FILE = "clone.lock";

    // PostgreSQL's programs start each other through a shell.
    private static final Pattern UNUSABLE = Pattern.compile("[\"$`\\\\\\p{Cntrl}]");

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes the directory, making it where it does not exist.
     *
     * @throws StartException when another process has it, or when it cannot be written
     */
    public static DataDirectory lock(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        if (UNUSABLE.matcher(path.toString()).find()) {
            throw new StartException("PostgreSQL cannot work in the data directory " + path
                    + ", because its name contains \", $, `, \\ or a line break. Set DATA_DIR to another directory.");
        }
        try {
            Files.createDirectories(path);
            FileChannel channel = FileChannel.open(
                    path.resolve(LOCK_FILE),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            return take(path, channel);
        } catch (IOException e) {
            throw new StartException(
                    "The data directory " + path + " cannot be written ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "). Set DATA_DIR to another directory.",
                    e);
        }
    }

    private static DataDirectory take(Path path, FileChannel channel) throws IOException {
        if (!tryLock(channel)) {
            String owner = read(channel);
            channel.close();
            throw new StartException("The data directory " + path + " is in use by another running platform (process "
                    + owner + "). Stop it, or set DATA_DIR to another directory.");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new DataDirectory(path, channel);
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        String owner = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return owner.isEmpty() ? "unknown" : owner;
    }

    /** The absolute path. */
    public Path path() {
        return path;
    }

    /** Lets another process take it. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
