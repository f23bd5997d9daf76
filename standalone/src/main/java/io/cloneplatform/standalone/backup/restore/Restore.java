package io.cloneplatform.standalone.backup.restore;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.db.Jdbc;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.standalone.backup.BackupException;
import io.cloneplatform.standalone.backup.Backups;
import io.cloneplatform.standalone.backup.Progress;
import io.cloneplatform.standalone.backup.Reason;
import io.cloneplatform.standalone.backup.archive.ArchiveReader;
import io.cloneplatform.standalone.backup.archive.LedgerProof;
import io.cloneplatform.standalone.backup.archive.Manifest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings a database to what a backup holds, in one transaction: the schema of the backup, its rows, proof
 * that they are all there, the way to the schema of this release, proof that the books balance. Whatever
 * fails, and whoever dies, leaves the database as it was. Blocks.
 */
public final class Restore {
    private static final String LOCK_LIMIT = "SET LOCAL lock_timeout = '10s'";
    private static final String IN_MEMORY = "SET LOCAL maintenance_work_mem = '256MB'";

    private final DatabaseConfig database;
    private final Options options;
    private final Consumer<Progress> listener;

    /**
     * What may be done besides restoring into an empty database.
     *
     * @param force whether to replace what the database has
     * @param despiteProblems whether to restore books that do not balance
     */
    public record Options(boolean force, boolean despiteProblems) {}

    /**
     * What was restored.
     *
     * @param leftOut tables of the backup that are not the platform's, and were not restored
     * @param problems what does not balance, when that was to be put up with
     */
    public record Restored(Manifest manifest, List<String> leftOut, List<String> problems) {}

    public Restore(DatabaseConfig database, Options options, Consumer<Progress> listener) {
        this.database = database;
        this.options = options;
        this.listener = listener;
    }

    /**
     * Restores a file that is read to its end before the database is touched.
     *
     * @throws BackupException saying why the database is as it was
     */
    public Restored from(Path file) {
        return with(file, this::restore);
    }

    /**
     * Looks at the file and at the database, and says what would be restored.
     *
     * @throws BackupException saying why it cannot be
     */
    public Restored rehearsed(Path file) {
        return with(file, (connection, target, archive) -> new Restored(archive.manifest(), List.of(), List.of()));
    }

    private interface Work {
        Restored on(Connection connection, Target target, ArchiveReader archive) throws SQLException;
    }

    private Restored with(Path file, Work work) {
        requireKnown(Backups.verify(file, listener));
        try (Connection connection = Jdbc.open(database, "clone-restore");
                ArchiveReader archive = ArchiveReader.open(file)) {
            Target target = Target.of(connection);
            target.require(options.force());
            connection.setAutoCommit(false);
            Restored restored = work.on(connection, target, archive);
            listener.accept(Progress.of("Committing"));
            connection.commit();
            return restored;
        } catch (SQLException | FlywayException e) {
            throw new BackupException(
                    "The backup was not restored, the database is as it was: " + Reason.of(e) + ".", e);
        }
    }

    private static void requireKnown(Manifest manifest) {
        if (manifest.schema() > Schema.VERSION) {
            throw new BackupException("The backup has schema version " + manifest.schema() + ", this build knows "
                    + Schema.VERSION + ". Restore it with release " + manifest.release() + " or newer.");
        }
    }

    private Restored restore(Connection connection, Target target, ArchiveReader archive) throws SQLException {
        Manifest manifest = archive.manifest();
        Jdbc.execute(connection, LOCK_LIMIT);
        Jdbc.execute(connection, IN_MEMORY);
        listener.accept(Progress.of("Making the schema"));
        if (!target.isNew()) {
            Schema.drop(connection);
        }
        Schema.migrate(connection, manifest.schema());
        List<String> leftOut = fill(connection, archive);
        requireProof(connection, manifest);
        if (manifest.schema() < Schema.VERSION) {
            listener.accept(Progress.of("Migrating to schema " + Schema.VERSION));
            Schema.migrate(connection, Schema.VERSION);
        }
        return new Restored(manifest, leftOut, verified(connection));
    }

    private List<String> fill(Connection connection, ArchiveReader archive) throws SQLException {
        Manifest manifest = archive.manifest();
        AtomicLong done = new AtomicLong();
        return new Tables(connection, manifest)
                .fill(
                        archive,
                        bytes -> listener.accept(
                                new Progress("Restoring " + manifest.name(), done.addAndGet(bytes), manifest.bytes())));
    }

    private void requireProof(Connection connection, Manifest manifest) throws SQLException {
        listener.accept(Progress.of("Comparing the books with the backup's"));
        LedgerProof found = LedgerProof.of(connection);
        if (!found.equals(manifest.proof())) {
            throw new BackupException(
                    "The backup was not restored, the database is as it was: the books are not those of"
                            + " the backup: expected " + manifest.proof() + ", found " + found + ".");
        }
    }

    private List<String> verified(Connection connection) throws SQLException {
        listener.accept(Progress.of("Verifying the books"));
        Books.seal(connection);
        List<String> problems = Books.problems(connection);
        if (!problems.isEmpty() && !options.despiteProblems()) {
            throw new BackupException(
                    "The backup was not restored, the database is as it was: its books do not balance."
                            + " To restore them as they are, add --despite-problems. What was found first:\n"
                            + String.join("\n", problems));
        }
        return problems;
    }
}
