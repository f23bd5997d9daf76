package io.cloneplatform.standalone.backup.create;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.db.Jdbc;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.db.SchemaLock;
import io.cloneplatform.standalone.backup.BackupException;
import io.cloneplatform.standalone.backup.Progress;
import io.cloneplatform.standalone.backup.archive.ArchiveWriter;
import io.cloneplatform.standalone.backup.archive.LedgerProof;
import io.cloneplatform.standalone.backup.archive.Manifest;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Everything that a database has at one moment, read in one transaction that sees that moment alone while the
 * platform goes on. It keeps nobody waiting but a migration, which waits for its end.
 */
public final class Snapshot implements AutoCloseable {
    private static final String BEGIN = "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";
    private static final String MOMENT =
            "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";
    private static final String LOCK_LIMIT = "SET lock_timeout = '30s'";

    private final Connection connection;
    private final int schema;
    private final Map<String, List<Catalog.Column>> tables;

    private Snapshot(Connection connection) throws SQLException {
        this.connection = connection;
        this.schema = Schema.state(connection).version();
        this.tables = schema == 0 ? Map.of() : Catalog.tables(connection);
        if (!tables.containsKey("ledger_account")) {
            throw new BackupException("The database has nothing of the platform yet, so there is nothing to back up.");
        }
        lock();
    }

    /**
     * Takes the snapshot, once no migration is under way.
     *
     * @throws SQLException when the database does not answer
     * @throws BackupException when it is not the platform's
     */
    public static Snapshot take(DatabaseConfig config) throws SQLException {
        Connection connection = Jdbc.open(config, "clone-backup");
        try {
            SchemaLock.awaitShared(connection);
            Jdbc.execute(connection, BEGIN);
            return new Snapshot(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    // Against what does not ask for the lock of migrations, such as a statement that somebody types.
    private void lock() throws SQLException {
        Jdbc.execute(connection, LOCK_LIMIT);
        Jdbc.execute(
                connection,
                tables.keySet().stream()
                        .map(Catalog::quoted)
                        .collect(Collectors.joining(", ", "LOCK TABLE ", " IN ACCESS SHARE MODE")));
    }

    /** Bytes of the tables; the text of them is about as long. */
    public long size() throws SQLException {
        return Catalog.size(connection, tables.keySet());
    }

    /** Writes all of it and says what was written. */
    public Manifest writeTo(ArchiveWriter archive, String name, Consumer<Progress> listener)
            throws IOException, SQLException {
        long size = size();
        AtomicLong done = new AtomicLong();
        LongConsumer progress =
                bytes -> listener.accept(new Progress("Writing " + name, Math.min(done.addAndGet(bytes), size), size));
        String moment = Jdbc.text(connection, MOMENT);
        LedgerProof proof = LedgerProof.of(connection);
        List<Manifest.Table> written = new ArrayList<>();
        for (Map.Entry<String, List<Catalog.Column>> table : tables.entrySet()) {
            written.add(write(archive, table.getKey(), table.getValue(), progress));
        }
        Manifest manifest = new Manifest(
                Manifest.PRODUCT,
                Manifest.FORMAT,
                name,
                moment,
                release(),
                schema,
                Jdbc.text(connection, "SHOW server_version"),
                written,
                Catalog.sequences(connection),
                proof);
        archive.finish(manifest);
        return manifest;
    }

    private Manifest.Table write(
            ArchiveWriter archive, String table, List<Catalog.Column> columns, LongConsumer progress)
            throws IOException, SQLException {
        String copied = columns.stream().map(Catalog.Column::copied).collect(Collectors.joining(", "));
        String what = columns.stream().anyMatch(Catalog.Column::numbersTransactions)
                ? "(SELECT " + copied + " FROM " + Catalog.quoted(table) + ")"
                : Catalog.quoted(table) + " (" + copied + ")";
        return archive.table(
                table,
                columns.stream().map(Catalog.Column::name).toList(),
                out -> copy("COPY " + what + " TO STDOUT", out),
                progress);
    }

    private long copy(String statement, OutputStream out) throws IOException, SQLException {
        CopyManager copying = connection.unwrap(PGConnection.class).getCopyAPI();
        return copying.copyOut(statement, out);
    }

    private static String release() {
        return Optional.ofNullable(Snapshot.class.getPackage().getImplementationVersion())
                .orElse("not packaged");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
