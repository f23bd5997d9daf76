package io.cloneplatform.auth.users;

import io.cloneplatform.auth.Rows;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes a member anonymous. The row, the documents and the books stay: other members' earnings refer to them. Statements
 * come in the order in which every transaction locks these rows.
 */
final class DeletionStore {
    /** How many documents are forgotten in one transaction. */
    private static final int AT_ONCE = 500;

    private static final String LOCK_ACCOUNT =
            """
            SELECT a.balance, a.held, m.email, m.name, EXISTS (
                     SELECT FROM kv_store_44a642d3
                     WHERE key >= $2 AND key < $3 AND status = 'pending_review') AS waiting
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

    private static final String DROP_MAIL = "DELETE FROM outbox WHERE member_id = $1";

    private static final String FORGET = "SELECT member_forget($1, $2)";

    // By chance: one that fails does not keep the others waiting.
    private static final String FORGET_NEXT =
            """
            SELECT member_forget(member_id, $1) FROM (
              SELECT member_id FROM member_leaving WHERE due_at <= now()
              ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED) AS next
            """;

    /** Locks the account and reads what stands against its end; empty when there is no such member. */
    Future<Optional<Standing>> lockAccount(SqlConnection tx, UUID id) {
        String products = Keys.product(id, "");
        return tx.preparedQuery(LOCK_ACCOUNT)
                .mapping(row -> new Standing(
                        new Money(row.getLong("balance")),
                        new Money(row.getLong("held")),
                        row.getBoolean("waiting"),
                        row.getString("email"),
                        row.getString("name")))
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

    /** Brings the parent's link in step. */
    Future<Void> anonymiseReferral(SqlConnection tx, UUID id) {
        return tx.preparedQuery(ANONYMISE_REFERRAL).execute(Tuple.of(id)).mapEmpty();
    }

    /** Drops mail to the member that has not left. */
    Future<Void> dropMail(SqlConnection tx, UUID id) {
        return tx.preparedQuery(DROP_MAIL).execute(Tuple.of(id)).mapEmpty();
    }

    /** Forgets the first documents about a member who has just left; all of them, for most members. */
    Future<Void> forget(SqlConnection tx, UUID id) {
        return tx.preparedQuery(FORGET).execute(Tuple.of(id, AT_ONCE)).mapEmpty();
    }

    /** Goes on with a member who left; false when there is nothing to do for anybody. */
    Future<Boolean> forgetNext(SqlClient client) {
        return client.preparedQuery(FORGET_NEXT).execute(Tuple.of(AT_ONCE)).map(rows -> rows.size() > 0);
    }
}
