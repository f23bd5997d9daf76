package io.cloneplatform.standalone.backup.restore;

import io.cloneplatform.common.db.Jdbc;
import io.cloneplatform.standalone.backup.BackupException;
import io.cloneplatform.standalone.backup.archive.ArchiveReader;
import io.cloneplatform.standalone.backup.archive.Manifest;
import io.cloneplatform.standalone.backup.create.Catalog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * Fills the tables of a schema that was just made, with the triggers off that guard them from everybody else.
 */
final class Tables {
    private final Connection connection;
    private final Manifest manifest;

    Tables(Connection connection, Manifest manifest) {
        this.connection = connection;
        this.manifest = manifest;
    }

    /**
     * Takes the rows of the backup and no others.
     *
     * @return names of tables that the backup has and the schema does not, whose rows are left out
     * @throws BackupException when the backup does not fit the schema
     */
    List<String> fill(ArchiveReader archive, LongConsumer progress) throws SQLException {
        Map<String, List<String>> schema = Catalog.columns(connection);
        requireAll(schema.keySet());
        List<String> leftOut = new ArrayList<>();
        triggers("DISABLE", schema.keySet());
        Jdbc.execute(connection, "TRUNCATE " + list(schema.keySet()));
        for (Manifest.Table table : manifest.tables()) {
            if (schema.containsKey(table.name())) {
                requireColumns(table, schema.get(table.name()));
                fill(archive, table, progress);
            } else {
                leftOut.add(table.name());
            }
        }
        triggers("ENABLE", schema.keySet());
        sequences();
        Jdbc.execute(connection, "ANALYZE " + list(schema.keySet()));
        return leftOut;
    }

    private void requireAll(Set<String> schema) {
        Set<String> missing = new TreeSet<>(schema);
        manifest.tables().forEach(table -> missing.remove(table.name()));
        if (!missing.isEmpty()) {
            throw new BackupException("The backup is not of schema " + manifest.schema() + ", as it says: it lacks "
                    + String.join(", ", missing) + ".");
        }
    }

    private void requireColumns(Manifest.Table table, List<String> schema) {
        if (!Set.copyOf(schema).equals(Set.copyOf(table.columns()))) {
            throw new BackupException("The backup is not of schema " + manifest.schema() + ", as it says: "
                    + table.name() + " has the columns " + String.join(", ", table.columns()) + " instead of "
                    + String.join(", ", schema) + ".");
        }
    }

    // The tables are new in this transaction, so that their rows can be written as everybody will see them.
    private void fill(ArchiveReader archive, Manifest.Table table, LongConsumer progress) throws SQLException {
        String statement = "COPY " + Catalog.quoted(table.name()) + " ("
                + table.columns().stream().map(Catalog::quoted).collect(Collectors.joining(", "))
                + ") FROM STDIN WITH (FREEZE)";
        long rows = archive.<Long, SQLException>table(
                table,
                progress,
                text -> connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement, text, 1 << 16));
        if (rows != table.rows()) {
            throw new BackupException("The backup is damaged: " + table.name() + " has " + rows + " rows instead of "
                    + table.rows() + ".");
        }
    }

    private void triggers(String what, Set<String> tables) throws SQLException {
        for (String table : tables) {
            Jdbc.execute(connection, "ALTER TABLE " + Catalog.quoted(table) + " " + what + " TRIGGER USER");
        }
    }

    private void sequences() throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("SELECT setval(to_regclass(?), ?, ?)")) {
            for (Manifest.Sequence sequence : manifest.sequences()) {
                set.setString(1, Catalog.quoted(sequence.name()));
                set.setLong(2, sequence.value());
                set.setBoolean(3, sequence.called());
                set.execute();
            }
        }
    }

    private static String list(Set<String> tables) {
        return tables.stream().map(Catalog::quoted).collect(Collectors.joining(", "));
    }
}
