package io.cloneplatform.standalone.backup.create;

import io.cloneplatform.standalone.backup.archive.Manifest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a database consists of, read from its catalog. */
public final class Catalog {
    /** Flyway's own record, which a restore makes anew. */
    public static final String HISTORY = "flyway_schema_history";

    // A column that PostgreSQL computes is not copied, nor one that numbers transactions of this server by
    // itself.
    private static final String COLUMNS =
            """
            SELECT c.relname AS name, a.attname AS column, a.atttypid = 'xid8'::regtype AS numbers_transactions
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relpersistence = 'p'
              AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND c.relname <> 'flyway_schema_history'
              AND NOT (a.atttypid = 'xid8'::regtype AND a.atthasdef)
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            ORDER BY c.relname, a.attnum
            """;
    private static final String REFERENCES =
            """
            SELECT DISTINCT c.conrelid::regclass::text AS from_table, c.confrelid::regclass::text AS to_table
            FROM pg_constraint c
            WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace AND c.conrelid <> c.confrelid
            """;
    private static final String SEQUENCES =
            """
            SELECT c.relname AS name FROM pg_class c
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'S' ORDER BY c.relname
            """;
    private static final String SIZE =
            """
            SELECT coalesce(sum(pg_table_size(c.oid)), 0) FROM pg_class c
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname = ANY (?)
            """;

    private Catalog() {}

    /**
     * A column; numbers of another server's transactions are copied as 0, the one that is before all of them.
     */
    record Column(String name, boolean numbersTransactions) {
        String copied() {
            return numbersTransactions ? "'0'::xid8" : quoted(name);
        }
    }

    /** Every table of the schema with the columns that are copied, a table before those that refer to it. */
    static Map<String, List<Column>> tables(Connection connection) throws SQLException {
        Map<String, List<Column>> found = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(COLUMNS)) {
            while (rows.next()) {
                found.computeIfAbsent(rows.getString("name"), name -> new ArrayList<>())
                        .add(new Column(rows.getString("column"), rows.getBoolean("numbers_transactions")));
            }
        }
        return inOrder(found, references(connection));
    }

    private static Map<String, Set<String>> references(Connection connection) throws SQLException {
        Map<String, Set<String>> found = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(REFERENCES)) {
            while (rows.next()) {
                found.computeIfAbsent(rows.getString("from_table"), name -> new TreeSet<>())
                        .add(rows.getString("to_table"));
            }
        }
        return found;
    }

    // Tables that refer to each other in a circle come last, as they come.
    private static Map<String, List<Column>> inOrder(
            Map<String, List<Column>> tables, Map<String, Set<String>> references) {
        Map<String, List<Column>> ordered = new java.util.LinkedHashMap<>();
        Set<String> left = new TreeSet<>(tables.keySet());
        while (!left.isEmpty()) {
            List<String> free = left.stream()
                    .filter(name -> references.getOrDefault(name, Set.of()).stream()
                            .noneMatch(other -> left.contains(other) && !other.equals(name)))
                    .toList();
            for (String name : free.isEmpty() ? List.copyOf(left) : free) {
                ordered.put(name, tables.get(name));
                left.remove(name);
            }
        }
        return ordered;
    }

    /** Where every sequence goes on; what a snapshot cannot hold back is never behind it. */
    static List<Manifest.Sequence> sequences(Connection connection) throws SQLException {
        List<Manifest.Sequence> found = new ArrayList<>();
        for (String name : names(connection, SEQUENCES)) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT last_value, is_called FROM " + quoted(name))) {
                row.next();
                found.add(new Manifest.Sequence(name, row.getLong(1), row.getBoolean(2)));
            }
        }
        return found;
    }

    private static List<String> names(Connection connection, String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    /** Bytes of the tables without their indexes. */
    static long size(Connection connection, Set<String> tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SIZE)) {
            statement.setArray(1, connection.createArrayOf("text", tables.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** The names of the columns of every table that a restore fills. */
    public static Map<String, List<String>> columns(Connection connection) throws SQLException {
        Map<String, List<String>> names = new TreeMap<>();
        tables(connection)
                .forEach((table, columns) ->
                        names.put(table, columns.stream().map(Column::name).toList()));
        return names;
    }

    /** A name as SQL reads it whatever it is. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
