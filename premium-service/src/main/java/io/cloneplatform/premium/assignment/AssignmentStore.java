package io.cloneplatform.premium.assignment;

import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** The documents of premium assignments. Every method takes the transaction it works in. */
public final class AssignmentStore {
    // Two admins who assign at the same time find no row to wait for: they wait for each other here.
    private static final String LOCK_MEMBER = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

    private static final String LOCK_OPEN =
            """
            SELECT value::text AS document FROM kv_store_44a642d3
            WHERE key >= $1 AND key < $2 AND status IN ('offered', 'active')
            ORDER BY key DESC LIMIT 1
            FOR NO KEY UPDATE
            """;

    private static final String INSERT = "INSERT INTO kv_store_44a642d3 (key, value) VALUES ($1, $2::text::jsonb)";

    private static final String SAVE =
            "UPDATE kv_store_44a642d3 SET value = value || $2::text::jsonb, updated_at = now() WHERE key = $1";

    /** The member's open assignment, which nobody else can change, end or replace before this transaction ends. */
    public Future<Optional<Assignment>> lockOpen(SqlConnection tx, UUID member) {
        String prefix = Keys.premium(member, "");
        return tx.preparedQuery(LOCK_MEMBER)
                .execute(Tuple.of(prefix))
                .compose(locked -> tx.preparedQuery(LOCK_OPEN).execute(Tuple.of(prefix, Keys.end(prefix))))
                .map(rows ->
                        rows.stream().findFirst().map(row -> Json.read(row.getString("document"), Assignment.class)));
    }

    /** Writes a new one. */
    public Future<Void> insert(SqlConnection tx, Assignment assignment) {
        return write(tx, INSERT, assignment);
    }

    /** Writes one that is locked. */
    public Future<Void> save(SqlConnection tx, Assignment assignment) {
        return write(tx, SAVE, assignment);
    }

    private static Future<Void> write(SqlConnection tx, String sql, Assignment assignment) {
        return tx.preparedQuery(sql)
                .execute(Tuple.of(Keys.premium(assignment.userId(), assignment.id()), Json.text(assignment)))
                .mapEmpty();
    }
}
