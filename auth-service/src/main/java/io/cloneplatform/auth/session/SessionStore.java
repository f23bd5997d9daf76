package io.cloneplatform.auth.session;

import io.cloneplatform.auth.Rows;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sessions and their revocations. */
final class SessionStore {
    private static final String INSERT = "INSERT INTO kv_store_44a642d3 (key, value) VALUES ($1, $2::text::jsonb)";

    // With the time of the one clock that all processes share: theirs may disagree.
    private static final String LOCK =
            "SELECT value::text AS doc, clock_timestamp() AS now FROM kv_store_44a642d3 WHERE key = $1 FOR NO KEY UPDATE";

    private static final String REPLACE =
            "UPDATE kv_store_44a642d3 SET value = $2::text::jsonb, updated_at = now() WHERE key = $1";

    // The row in session_revocation is written even when the document is gone: the token may still be valid.
    private static final String REVOKE =
            """
            WITH revoked AS (
              UPDATE kv_store_44a642d3 SET value = value || '{"status": "revoked"}', updated_at = now() WHERE key = $1)
            INSERT INTO session_revocation (session_id) VALUES ($2) ON CONFLICT DO NOTHING
            """;

    // A range of the index of members: by the key alone the planner may read all sessions there are.
    private static final String REVOKE_ALL =
            """
            WITH revoked AS (
              UPDATE kv_store_44a642d3 SET value = value || '{"status": "revoked"}', updated_at = now()
              WHERE user_id = $1 AND (user_id, key) >= ($1, 'session:') AND (user_id, key) < ($1, 'session;') AND status = 'active'
                AND value ->> 'id' IS DISTINCT FROM $2::text
              RETURNING (value ->> 'id')::uuid AS id)
            INSERT INTO session_revocation (session_id) SELECT id FROM revoked ORDER BY id
            ON CONFLICT (session_id) DO UPDATE SET revoked_at = now()
            RETURNING session_id
            """;

    private static final String SWEEP_REVOCATIONS =
            """
            DELETE FROM session_revocation WHERE session_id IN (
              SELECT session_id FROM session_revocation WHERE revoked_at < now() - interval '2 hours'
              LIMIT 5000 FOR UPDATE SKIP LOCKED)
            """;

    // Session ids are time-ordered, so only keys old enough to have expired are looked at.
    private static final String SWEEP_EXPIRED =
            """
            DELETE FROM kv_store_44a642d3 WHERE key IN (
              SELECT key FROM kv_store_44a642d3
              WHERE key >= 'session:' AND key < $1 AND value ->> 'expiresAt' < iso_instant(now())
              ORDER BY key LIMIT 5000 FOR UPDATE SKIP LOCKED)
            """;

    /**
     * A session whose row is locked.
     *
     * @param now the database's time
     */
    record Locked(SessionDocument session, Instant now) {}

    Future<Void> insert(SqlConnection tx, SessionDocument session) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.of(Keys.session(session.id()), Json.text(session)))
                .mapEmpty();
    }

    Future<Optional<Locked>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK)
                .mapping(row -> new Locked(
                        Json.read(row.getString("doc"), SessionDocument.class),
                        row.getOffsetDateTime("now").toInstant()))
                .execute(Tuple.of(Keys.session(id)))
                .map(Rows::first);
    }

    Future<Void> replace(SqlConnection tx, SessionDocument session) {
        return tx.preparedQuery(REPLACE)
                .execute(Tuple.of(Keys.session(session.id()), Json.text(session)))
                .mapEmpty();
    }

    Future<Void> revoke(SqlConnection tx, UUID id) {
        return tx.preparedQuery(REVOKE).execute(Tuple.of(Keys.session(id), id)).mapEmpty();
    }

    /** Revokes the active sessions of a member or admin but one, which may be null; answers which. */
    Future<List<UUID>> revokeAll(SqlConnection tx, UUID userId, String keep) {
        return tx.preparedQuery(REVOKE_ALL)
                .mapping(row -> row.getUUID("session_id"))
                .execute(Tuple.of(userId.toString(), keep))
                .map(Rows::list);
    }

    Future<Void> sweepRevocations(SqlClient client) {
        return client.query(SWEEP_REVOCATIONS).execute().mapEmpty();
    }

    /** Forgets expired sessions with keys below the given one. */
    Future<Void> sweepExpired(SqlClient client, String endKey) {
        return client.preparedQuery(SWEEP_EXPIRED).execute(Tuple.of(endKey)).mapEmpty();
    }
}
