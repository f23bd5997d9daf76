package io.cloneplatform.auth.users;

import io.cloneplatform.auth.Rows;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes a member anonymous. The row, the documents and the books stay: other members' earnings refer to them. Statements
 * come in the order in which every transaction locks these rows.
 */
final class DeletionStore {
    private static final String LOCK_ACCOUNT =
            """
            SELECT a.balance = 0 AND a.held = 0 AND NOT EXISTS (
                     SELECT FROM kv_store_44a642d3
                     WHERE key >= $2 AND key < $3 AND status = 'pending_review') AS settled
            FROM ledger_account a JOIN member m ON m.id = a.id
            WHERE a.id = $1 AND m.deleted_at IS NULL FOR NO KEY UPDATE OF a
            """;

    private static final String REMOVE_CODE =
            """
            DELETE FROM kv_store_44a642d3
            WHERE key = (SELECT 'invitecode:' || (value ->> 'invitationCode') FROM kv_store_44a642d3 WHERE key = $1)
            """;

    private static final String ANONYMISE_MEMBER =
            """
            UPDATE member SET name = 'deleted-' || id, email = 'deleted-' || id, username = 'deleted-' || id,
              deleted_at = now()
            WHERE id = $1 AND deleted_at IS NULL
            """;

    private static final String ANONYMISE_DOCUMENT =
            """
            UPDATE kv_store_44a642d3
            SET updated_at = now(), value = value || jsonb_build_object(
                  'name', 'deleted-' || $2::text, 'email', 'deleted-' || $2::text, 'username', 'deleted-' || $2::text,
                  'gender', NULL, 'invitationCode', '', 'deletedAt', iso_instant(now()))
            WHERE key = $1 AND coalesce(value -> 'premiumAssignment', 'null') = 'null'
            """;

    private static final String ANONYMISE_REFERRAL =
            """
            UPDATE kv_store_44a642d3 r
            SET updated_at = now(), value = r.value || jsonb_build_object('childName', m.name, 'childEmail', m.email)
            FROM member m WHERE m.id = $1 AND r.key = 'referral:' || m.parent_id || ':' || m.id
            """;

    // Withdrawals, tickets and messages carry the name and address their member had, and tickets once more in replies.
    private static final String ANONYMISE_MENTIONS =
            """
            UPDATE kv_store_44a642d3
            SET updated_at = now(), value = value
                  || CASE WHEN value ? 'userName' THEN jsonb_build_object('userName', 'deleted-' || $1) ELSE '{}' END
                  || CASE WHEN value ? 'userEmail' THEN jsonb_build_object('userEmail', 'deleted-' || $1) ELSE '{}' END
                  || CASE WHEN jsonb_typeof(value -> 'replies') = 'array' THEN jsonb_build_object('replies', (
                       SELECT coalesce(jsonb_agg(
                         CASE WHEN reply ->> 'userId' = $1
                           THEN reply || jsonb_build_object('userName', 'deleted-' || $1) ELSE reply END
                         ORDER BY place), '[]')
                       FROM jsonb_array_elements(value -> 'replies') WITH ORDINALITY AS r (reply, place)))
                     ELSE '{}' END
            WHERE user_id = $1 AND value ?| ARRAY['userName', 'userEmail'] AND key NOT LIKE 'audit:%'
            """;

    /** Locks the account; whether nothing is owed, or empty when there is no such member. */
    Future<Optional<Boolean>> lockAccount(SqlConnection tx, UUID id) {
        String products = Keys.product(id, "");
        return tx.preparedQuery(LOCK_ACCOUNT)
                .mapping(row -> row.getBoolean("settled"))
                .execute(Tuple.of(id, products, Keys.end(products)))
                .map(Rows::first);
    }

    Future<Void> removeCode(SqlConnection tx, UUID id) {
        return tx.preparedQuery(REMOVE_CODE).execute(Tuple.of(Keys.user(id))).mapEmpty();
    }

    /** False when another transaction has just done it. */
    Future<Boolean> anonymiseMember(SqlConnection tx, UUID id) {
        return tx.preparedQuery(ANONYMISE_MEMBER).execute(Tuple.of(id)).map(rows -> rows.rowCount() == 1);
    }

    /** False when a premium assignment is open. */
    Future<Boolean> anonymiseDocument(SqlConnection tx, UUID id) {
        return tx.preparedQuery(ANONYMISE_DOCUMENT)
                .execute(Tuple.of(Keys.user(id), id.toString()))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Brings the parent's link and every other document that names the member in step. */
    Future<Void> anonymiseOthers(SqlConnection tx, UUID id) {
        return tx.preparedQuery(ANONYMISE_REFERRAL)
                .execute(Tuple.of(id))
                .compose(done -> tx.preparedQuery(ANONYMISE_MENTIONS).execute(Tuple.of(id.toString())))
                .mapEmpty();
    }
}
