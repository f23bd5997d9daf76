package io.cloneplatform.auth.audit;

import io.cloneplatform.auth.Rows;
import io.cloneplatform.auth.audit.AuditFilter.Field;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Audit records, newest first, read in the order of an index no further than a page. */
final class AuditStore {
    /** How many are counted at most. */
    static final int COUNTED = 10_000;

    private static final String BY_TIME = "$1::text IS NULL AND key >= $2 AND key < $3";

    // Both bounds name the pair: a comparison of the field alone would let the planner read all records by time.
    private static final String BY_FIELD = "(%1$s, key) >= ($1, $2) AND (%1$s, key) < ($1, $3)";

    private static final String AND_OTHERS =
            """
             AND ($4::text IS NULL OR request_id = $4) AND ($5::text IS NULL OR subject_id = $5)
             AND ($6::text IS NULL OR ip = $6) AND ($7::text IS NULL OR actor_id = $7) AND ($8::text IS NULL OR action = $8)
            """;

    /** The statement that reads a page, by the field whose index it follows or null. */
    static String page(Field leading) {
        return "SELECT d.value::text AS doc FROM (SELECT * FROM audit_trail WHERE " + where(leading) + order(leading)
                + " LIMIT $9::integer) t"
                + " CROSS JOIN LATERAL (SELECT value FROM kv_store_44a642d3 k WHERE k.key = t.key LIMIT 1) d"
                + order(leading);
    }

    private static String count(Field leading) {
        return "SELECT count(*) AS total FROM (SELECT FROM audit_trail WHERE " + where(leading)
                + " LIMIT $9::integer) t";
    }

    private static String where(Field leading) {
        return (leading == null ? BY_TIME : BY_FIELD.formatted(leading.column)) + AND_OTHERS;
    }

    private static String order(Field leading) {
        return leading == null ? " ORDER BY key DESC" : " ORDER BY " + leading.column + " DESC, key DESC";
    }

    Future<List<AuditRecord>> page(SqlClient client, AuditFilter filter, Page page) {
        return client.preparedQuery(page(filter.leading().orElse(null)))
                .mapping(row -> Json.read(row.getString("doc"), AuditRecord.class))
                .execute(values(filter, page.after(), page.fetch()))
                .map(Rows::list);
    }

    /** How many there are on every page, {@link #COUNTED} at most. */
    Future<Long> count(SqlClient client, AuditFilter filter) {
        return client.preparedQuery(count(filter.leading().orElse(null)))
                .execute(values(filter, null, COUNTED))
                .map(rows -> rows.iterator().next().getLong("total"));
    }

    private static Tuple values(AuditFilter filter, String after, int limit) {
        Field leading = filter.leading().orElse(null);
        Tuple values =
                Tuple.of(leading == null ? null : filter.wanted().get(leading), filter.lowest(), filter.end(after));
        for (Field field : Field.values()) {
            values.addString(field == leading ? null : filter.wanted().get(field));
        }
        return values.addInteger(limit);
    }
}
