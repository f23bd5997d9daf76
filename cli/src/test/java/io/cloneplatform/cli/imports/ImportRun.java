package io.cloneplatform.cli.imports;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * The command run once.
 *
 * @param exit its exit code
 * @param out what it printed
 * @param err what it complained about
 */
record ImportRun(int exit, String out, String err) {
    private static final String FINGERPRINT =
            """
            SELECT md5(concat(
              (SELECT string_agg(k::text, '' ORDER BY key) FROM kv_store_44a642d3 k),
              (SELECT string_agg(m::text, '' ORDER BY id) FROM member m),
              (SELECT string_agg(c::text, '' ORDER BY subject_id) FROM credential c),
              (SELECT string_agg(a::text, '' ORDER BY id) FROM ledger_account a),
              (SELECT string_agg(t::text, '' ORDER BY id) FROM ledger_transfer t),
              (SELECT string_agg(e::text, '' ORDER BY seq) FROM ledger_entry e)))
            """;

    static ImportRun of(String url, Path dump, String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> args = new ArrayList<>(List.of("--file", dump.toString()));
        args.addAll(List.of(options));
        int exit = new CommandLine(new KvImportCommand(Map.of("DATABASE_URL", url)))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args.toArray(String[]::new));
        return new ImportRun(exit, out.toString(), err.toString());
    }

    /** Everything but what was changed. */
    String report() {
        return out.substring(0, out.stripTrailing().lastIndexOf('\n'));
    }

    String lastLine() {
        return out.stripTrailing().substring(out.stripTrailing().lastIndexOf('\n') + 1);
    }

    /** Changes when any row of the database does. */
    static String fingerprint(String url) {
        return ask(url, FINGERPRINT).toString();
    }

    static long number(String url, String query, Object... values) {
        return ((Number) ask(url, query, values)).longValue();
    }

    static void execute(String url, String statement) {
        try (Sql sql = new Sql(new DatabaseConfig(new Secret(url), 1))) {
            sql.update(statement);
            sql.commit();
        }
    }

    static Object ask(String url, String query, Object... values) {
        try (Sql sql = new Sql(new DatabaseConfig(new Secret(url), 1))) {
            return sql.single(query, values);
        }
    }
}
