package io.cloneplatform.auth.password;

import io.cloneplatform.auth.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/**
 * Secrets of members and admins. Whoever changes one locks its row until the transaction ends; whoever opens a session
 * locks it shared, so that no session is opened with a secret that is just being replaced.
 */
public final class CredentialStore {
    private static final String FIND =
            "SELECT password_hash, withdrawal_password_hash FROM credential WHERE subject_id = $1";

    private static final String INSERT = "INSERT INTO credential (subject_id, password_hash) VALUES ($1, $2)";

    private static final String CONFIRM =
            "SELECT FROM credential WHERE subject_id = $1 AND password_hash = $2 FOR SHARE";

    private static final String LOCK = "SELECT FROM credential WHERE subject_id = $1 FOR NO KEY UPDATE";

    private static final String SET_PASSWORD =
            "UPDATE credential SET password_hash = $2, updated_at = now() WHERE subject_id = $1";

    // Ids of admins are subjects too.
    private static final String SET_MEMBER_PASSWORD =
            SET_PASSWORD + " AND EXISTS (SELECT FROM member WHERE id = subject_id)";

    private static final String REPLACE_PASSWORD =
            """
            UPDATE credential SET password_hash = $3, updated_at = now()
            WHERE subject_id = $1 AND password_hash = $2
            """;

    private static final String REPLACE_WITHDRAWAL_PASSWORD =
            """
            UPDATE credential SET withdrawal_password_hash = $3, updated_at = now()
            WHERE subject_id = $1 AND withdrawal_password_hash IS NOT DISTINCT FROM $2::text
            """;

    private static final String REMOVE = "DELETE FROM credential WHERE subject_id = $1";

    /**
     * What is stored for one subject.
     *
     * @param passwordHash hash of the password
     * @param withdrawalHash hash of the withdrawal password, or null when none is set
     */
    record Hashes(String passwordHash, String withdrawalHash) {
        static final Hashes NONE = new Hashes(null, null);
    }

    /** The hashes; empty when the subject has no credential. */
    Future<Optional<Hashes>> find(SqlClient client, UUID subjectId) {
        return client.preparedQuery(FIND)
                .mapping(row -> new Hashes(row.getString("password_hash"), row.getString("withdrawal_password_hash")))
                .execute(Tuple.of(subjectId))
                .map(Rows::first);
    }

    /** The hash of the password; empty when the subject has no credential. */
    public Future<Optional<String>> passwordHash(SqlClient client, UUID subjectId) {
        return find(client, subjectId).map(found -> found.map(Hashes::passwordHash));
    }

    /** Stores a first password. */
    public Future<Void> insert(SqlConnection tx, UUID subjectId, String passwordHash) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.of(subjectId, passwordHash))
                .mapEmpty();
    }

    /** Whether this still is the password's hash; locked shared. */
    public Future<Boolean> confirm(SqlConnection tx, UUID subjectId, String passwordHash) {
        return changed(tx, CONFIRM, Tuple.of(subjectId, passwordHash));
    }

    /** Locks the credential, if there is one. */
    public Future<Void> lock(SqlConnection tx, UUID subjectId) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(subjectId)).mapEmpty();
    }

    /** Sets the password; false when the subject has no credential. */
    public Future<Boolean> setPassword(SqlConnection tx, UUID subjectId, String passwordHash) {
        return changed(tx, SET_PASSWORD, Tuple.of(subjectId, passwordHash));
    }

    /** Sets the password of a member; false when there is no such member, or not any more. */
    public Future<Boolean> setMemberPassword(SqlConnection tx, UUID id, String passwordHash) {
        return changed(tx, SET_MEMBER_PASSWORD, Tuple.of(id, passwordHash));
    }

    /** Replaces the password; false when the old one is not the current one any more. */
    Future<Boolean> replacePassword(SqlConnection tx, UUID subjectId, String oldHash, String newHash) {
        return changed(tx, REPLACE_PASSWORD, Tuple.of(subjectId, oldHash, newHash));
    }

    /** Replaces the withdrawal password; false when the old one, or null, is not the current one any more. */
    Future<Boolean> replaceWithdrawalPassword(SqlConnection tx, UUID subjectId, String oldHash, String newHash) {
        return changed(tx, REPLACE_WITHDRAWAL_PASSWORD, Tuple.of(subjectId, oldHash, newHash));
    }

    /** Removes the credential: nobody can sign in with it any more. */
    public Future<Void> remove(SqlConnection tx, UUID subjectId) {
        return tx.preparedQuery(REMOVE).execute(Tuple.of(subjectId)).mapEmpty();
    }

    private static Future<Boolean> changed(SqlConnection tx, String sql, Tuple tuple) {
        return tx.preparedQuery(sql).execute(tuple).map(rows -> rows.rowCount() == 1);
    }
}
