package io.cloneplatform.auth.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.auth.Rows;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** A member's own facts in the three places that hold them: the member row, the document, and the parent's link. */
final class ProfileStore {
    private static final String FIND =
            """
            SELECT value::text AS doc FROM kv_store_44a642d3 WHERE key = $1 AND NOT value ? 'deletedAt'
            """;

    // The lock is the one under which sign-up inserts an e-mail address.
    private static final String LOCK_EMAIL =
            "SELECT pg_advisory_xact_lock(hashtextextended('member-email:' || lower($1), 0))";

    private static final String UPDATE_MEMBER =
            """
            UPDATE member SET name = coalesce($2::text, name), email = coalesce($3::text, email)
            WHERE id = $1 AND deleted_at IS NULL
              AND NOT EXISTS (SELECT FROM member other WHERE other.email_key = lower($3::text) AND other.id <> $1)
            """;

    private static final String UPDATE_DOCUMENT =
            """
            UPDATE kv_store_44a642d3 SET value = value || $2::text::jsonb, updated_at = now()
            WHERE key = $1 RETURNING value::text AS doc
            """;

    private static final String UPDATE_REFERRAL =
            """
            UPDATE kv_store_44a642d3 r
            SET updated_at = now(), value = r.value || jsonb_build_object('childName', m.name, 'childEmail', m.email)
            FROM member m WHERE m.id = $1 AND r.key = 'referral:' || m.parent_id || ':' || m.id
            """;

    /** The document of a member who was not deleted. */
    Future<Optional<String>> find(SqlClient client, String userId) {
        return client.preparedQuery(FIND)
                .mapping(row -> row.getString("doc"))
                .execute(Tuple.of(Keys.user(userId)))
                .map(Rows::first);
    }

    /** Keeps an e-mail address from being taken by anybody else until the transaction ends. */
    Future<Void> lockEmail(SqlConnection tx, String email) {
        return tx.preparedQuery(LOCK_EMAIL).execute(Tuple.of(email)).mapEmpty();
    }

    /** Writes what is not null; false when the address is taken or the member gone. */
    Future<Boolean> updateMember(SqlConnection tx, UUID id, String name, String email) {
        return tx.preparedQuery(UPDATE_MEMBER)
                .execute(Tuple.of(id, name, email))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Writes the fields into the document; gives the document. */
    Future<String> updateDocument(SqlConnection tx, UUID id, ObjectNode fields) {
        return tx.preparedQuery(UPDATE_DOCUMENT)
                .mapping(row -> row.getString("doc"))
                .execute(Tuple.of(Keys.user(id), Json.text(fields)))
                .map(rows -> rows.iterator().next());
    }

    /** Brings the parent's link in step with the member row. */
    Future<Void> updateReferral(SqlConnection tx, UUID id) {
        return tx.preparedQuery(UPDATE_REFERRAL).execute(Tuple.of(id)).mapEmpty();
    }
}
