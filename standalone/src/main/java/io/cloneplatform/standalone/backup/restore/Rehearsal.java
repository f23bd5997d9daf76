package io.cloneplatform.standalone.backup.restore;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.launch.StartException;
import io.cloneplatform.standalone.backup.BackupException;
import io.cloneplatform.standalone.backup.Backups;
import io.cloneplatform.standalone.backup.Progress;
import io.cloneplatform.standalone.backup.Reason;
import io.cloneplatform.standalone.postgres.EmbeddedDatabase;
import io.cloneplatform.standalone.start.DataDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Restores a backup into a PostgreSQL that exists for that alone. */
public final class Rehearsal {
    private Rehearsal() {}

    /**
     * Does it in a temporary directory, which is gone afterwards.
     *
     * @throws BackupException saying what is wrong with the backup
     */
    public static Restore.Restored of(Path file, Consumer<Progress> listener) {
        Backups.verify(file, listener);
        try {
            Path directory = Files.createTempDirectory("clone-rehearsal-");
            try {
                return in(directory, file, listener);
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new BackupException("The backup cannot be restored for a trial: " + Reason.of(e) + ".", e);
        }
    }

    private static Restore.Restored in(Path directory, Path file, Consumer<Progress> listener) throws IOException {
        try (DataDirectory taken = DataDirectory.lock(directory.resolve("data"));
                EmbeddedDatabase database =
                        EmbeddedDatabase.start(taken, freePort(), step -> listener.accept(Progress.of(step)))) {
            DatabaseConfig target = new DatabaseConfig(new Secret(database.url()), 1);
            return new Restore(target, new Restore.Options(false, false), listener).from(file);
        } catch (StartException e) {
            throw new BackupException("The backup cannot be restored for a trial: " + e.getMessage(), e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
