package io.cloneplatform.standalone.backup;

import io.cloneplatform.common.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that makes a database what it is, for comparison with another one. */
final class Inventory {
    private static final String CATALOG =
            """
            SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull
                   || ' ' || a.attidentity::text || a.attgenerated::text || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || ' ' || coalesce(a.attacl::text, '')
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'v')
            UNION ALL
            SELECT 'relation ' || relname || ' ' || relkind::text || ' ' || coalesce(relacl::text, '') || ' ' || coalesce(reloptions::text, '')
            FROM pg_class WHERE relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL
            SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL
            SELECT 'trigger ' || tgrelid::regclass || ' ' || tgenabled::text || ' ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL
            SELECT 'foreign key trigger ' || tgrelid::regclass || ' ' || tgenabled::text || ' ' || tgtype FROM pg_trigger WHERE tgisinternal
            UNION ALL
            SELECT 'function ' || pg_get_functiondef(p.oid) || ' ' || coalesce(p.proacl::text, '')
            FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f'
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
            UNION ALL
            SELECT 'view ' || viewname || definition FROM pg_views WHERE schemaname = 'public'
            UNION ALL
            SELECT 'extension ' || extname FROM pg_extension
            UNION ALL
            SELECT 'sequence ' || sequencename || ' ' || coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'
            UNION ALL
            SELECT 'migration ' || version || description || checksum || success FROM flyway_schema_history
            ORDER BY 1
            """;

    // Of what waits to be counted, the sums: it stands there under the transactions of its own server.
    private static final List<String> WAITING = List.of("platform_change", "network_change", "platform_folded");
    private static final List<String> SUMS = List.of("platform_count", "network_count", "network_activity");
    private static final String TABLES =
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
                    + " AND relname <> 'flyway_schema_history' ORDER BY 1";

    private Inventory() {}

    /** Every object of the schema with its definition, rights and state. */
    static List<String> catalog(String url) throws SQLException {
        try (Connection connection = TestDatabase.connect(url)) {
            return texts(connection, CATALOG);
        }
    }

    /** The names of the tables. */
    static List<String> tables(String url) throws SQLException {
        try (Connection connection = TestDatabase.connect(url)) {
            return texts(connection, TABLES);
        }
    }

    /** A digest of the rows of each table. */
    static Map<String, String> rows(String url) throws SQLException {
        try (Connection connection = TestDatabase.connect(url)) {
            List<String> names = new ArrayList<>(texts(connection, TABLES));
            names.removeAll(WAITING);
            names.addAll(SUMS);
            Map<String, String> digests = new TreeMap<>();
            for (String name : names) {
                String query =
                        "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') FROM "
                                + name + " t";
                digests.put(name, texts(connection, query).get(0));
            }
            return digests;
        }
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
