package io.cloneplatform.standalone.backup.restore;

import io.cloneplatform.common.db.Jdbc;
import io.cloneplatform.common.db.SchemaLock;
import io.cloneplatform.standalone.backup.BackupException;
import io.cloneplatform.standalone.backup.create.Catalog;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The database that a backup is restored into, before it is: nothing is overwritten by accident. */
final class Target {
    // What a migrated database has before anybody used it.
    private static final Set<String> FILLED_BY_MIGRATIONS =
            Set.of("ledger_account", "vip_tier", "ledger_seal_progress");
    private static final String COUNTED = "platform_(?!setting).*";
    private static final int OLDEST_SERVER = 15;

    // The system accounts are there from the beginning.
    private static final String MEMBERS_ACCOUNT = "SELECT EXISTS (SELECT FROM ledger_account WHERE kind = 'member')";
    private static final String OTHERS =
            """
            SELECT coalesce(nullif(application_name, ''), usename, 'unnamed') AS who, count(*) AS sessions
            FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND coalesce(backend_type, 'client backend') = 'client backend'
            GROUP BY 1 ORDER BY 1 LIMIT 20
            """;
    private static final String MAY_CREATE = "SELECT has_schema_privilege(current_schema(), 'CREATE')";
    private static final String VERSION = "SELECT current_setting('server_version_num')::integer / 10000";

    private final Connection connection;
    private final Set<String> tables;

    private Target(Connection connection) throws SQLException {
        this.connection = connection;
        this.tables = new TreeSet<>(Catalog.columns(connection).keySet());
    }

    /**
     * Looks at a database and keeps migrations and backups away from it.
     *
     * @throws BackupException when nothing may be restored into it
     */
    static Target of(Connection connection) throws SQLException {
        if (Jdbc.number(connection, VERSION) < OLDEST_SERVER) {
            throw new BackupException("The platform needs PostgreSQL " + OLDEST_SERVER + " or newer.");
        }
        if (!"t".equals(Jdbc.text(connection, MAY_CREATE))) {
            throw new BackupException(
                    "The user of the database may not create tables in it." + " Restore as the owner of the database.");
        }
        if (!SchemaLock.take(connection)) {
            throw new BackupException(
                    "The database is being migrated, backed up or restored. Wait for the end of that.");
        }
        return new Target(connection);
    }

    /** Whether it has no table at all. */
    boolean isNew() {
        return tables.isEmpty();
    }

    /**
     * Refuses a database that has data, unless it is the platform's and is to be replaced while nobody uses it.
     *
     * @param force whether what is there may be replaced
     */
    void require(boolean force) throws SQLException {
        List<String> filled = filled();
        if (!filled.isEmpty() && !tables.contains("ledger_account")) {
            throw new BackupException("The database is not the platform's: it has " + String.join(", ", filled)
                    + ". Restore into a database of its own.");
        }
        if (!filled.isEmpty() && !force) {
            throw new BackupException(
                    "The database is not empty: it has " + contents().orElse(String.join(", ", filled))
                            + ". Restore into an empty one, or replace everything in this one with --force.");
        }
        if (!isNew()) {
            requireAlone();
        }
    }

    private void requireAlone() throws SQLException {
        List<String> others = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(OTHERS)) {
            while (rows.next()) {
                others.add(rows.getString("who") + " (" + rows.getLong("sessions") + ")");
            }
        }
        if (!others.isEmpty()) {
            throw new BackupException("The database is in use by " + String.join(", ", others)
                    + ". Stop the platform and end these sessions first.");
        }
    }

    private List<String> filled() throws SQLException {
        List<String> found = new ArrayList<>();
        for (String table : tables) {
            if (!FILLED_BY_MIGRATIONS.contains(table) && !table.matches(COUNTED) && hasRows(table)) {
                found.add("rows in " + table);
            }
        }
        if (tables.contains("ledger_account")
                && tables.contains("member")
                && "t".equals(Jdbc.text(connection, MEMBERS_ACCOUNT))) {
            found.add("accounts of members");
        }
        return found;
    }

    private boolean hasRows(String table) throws SQLException {
        return "t".equals(Jdbc.text(connection, "SELECT EXISTS (SELECT FROM " + Catalog.quoted(table) + ")"));
    }

    /** What is there, in the words of operators; empty where it has other tables. */
    Optional<String> contents() throws SQLException {
        if (!tables.containsAll(Set.of("member", "ledger_transfer", "kv_store_44a642d3"))) {
            return Optional.empty();
        }
        return Optional.of(Jdbc.number(connection, "SELECT count(*) FROM member") + " members, "
                + Jdbc.number(connection, "SELECT count(*) FROM ledger_transfer") + " transfers, "
                + Jdbc.number(connection, "SELECT count(*) FROM kv_store_44a642d3") + " documents");
    }
}
