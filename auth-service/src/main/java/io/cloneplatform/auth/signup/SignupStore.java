package io.cloneplatform.auth.signup;

import io.cloneplatform.auth.Rows;
import io.cloneplatform.auth.Taken;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Writes new members. Nothing here raises an error for a name that is taken: the transaction stays usable. */
final class SignupStore {
    // Locked, so that the inviting member cannot be removed before the new one hangs below them.
    private static final String FIND_INVITER = "SELECT user_id FROM kv_store_44a642d3 WHERE key = $1 FOR KEY SHARE";

    // The lock is the one under which members change their e-mail address.
    private static final String INSERT_MEMBER =
            """
            WITH address AS MATERIALIZED (
              SELECT pg_advisory_xact_lock(hashtextextended('member-email:' || lower($2::text), 0)))
            INSERT INTO member (id, email, username, name, parent_id, created_at)
            SELECT $1::uuid, $2::text, $3::text, $4::text, $5::uuid, $6::timestamptz FROM address
            ON CONFLICT DO NOTHING
            """;

    private static final String IS_EMAIL_TAKEN = "SELECT FROM member WHERE email_key = lower($1)";

    private static final String INSERT_CODE =
            "INSERT INTO kv_store_44a642d3 (key, value) VALUES ($1, $2::text::jsonb) ON CONFLICT (key) DO NOTHING";

    private static final String INSERT_REST =
            """
            WITH account AS (
              INSERT INTO ledger_account (id, kind, name) VALUES ($1::uuid, 'member', $1::uuid::text)),
            secret AS (
              INSERT INTO credential (subject_id, password_hash, withdrawal_password_hash)
              VALUES ($1::uuid, $2::text, $3::text))
            INSERT INTO kv_store_44a642d3 (key, value) VALUES ($4::text, $5::text::jsonb)
            """;

    private static final String LINK =
            """
            WITH link AS (INSERT INTO kv_store_44a642d3 (key, value) VALUES ($1::text, $2::text::jsonb))
            UPDATE kv_store_44a642d3
            SET updated_at = now(), value = value ||
                  jsonb_build_object('childCount', coalesce((value ->> 'childCount')::integer, 0) + 1)
            WHERE key = $3
            """;

    /** The member an invitation code belongs to. */
    Future<Optional<UUID>> inviter(SqlConnection tx, String code) {
        return tx.preparedQuery(FIND_INVITER)
                .mapping(row -> Ids.parse(row.getString("user_id")))
                .execute(Tuple.of(Keys.inviteCode(code)))
                .map(rows -> Rows.first(rows).flatMap(id -> id));
    }

    /** Writes the member row; answers what is taken when that stopped it. */
    Future<Optional<Taken>> insertMember(SqlConnection tx, NewMember member) {
        return tx.preparedQuery(INSERT_MEMBER)
                .execute(Tuple.of(
                        member.id(),
                        member.email(),
                        member.username(),
                        member.name(),
                        member.parentId(),
                        member.createdAt().atOffset(ZoneOffset.UTC)))
                .compose(rows -> rows.rowCount() == 1
                        ? Future.succeededFuture(Optional.empty())
                        : taken(tx, member).map(Optional::of));
    }

    private static Future<Taken> taken(SqlConnection tx, NewMember member) {
        return tx.preparedQuery(IS_EMAIL_TAKEN)
                .execute(Tuple.of(member.email()))
                .map(rows -> rows.size() > 0 ? Taken.EMAIL : Taken.USERNAME);
    }

    /** Whether the code was free and now is the member's. */
    Future<Boolean> insertCode(SqlConnection tx, NewMember member, String code) {
        return tx.preparedQuery(INSERT_CODE)
                .execute(Tuple.of(Keys.inviteCode(code), Json.text(member.codeDocument(code))))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Opens the ledger account, stores the passwords' hashes and writes the member's document. */
    Future<Void> insertRest(SqlConnection tx, NewMember member, String code, Signup.Prepared secrets) {
        return tx.preparedQuery(INSERT_REST)
                .execute(Tuple.of(
                        member.id(),
                        secrets.passwordHash(),
                        secrets.withdrawalHash(),
                        Keys.user(member.id()),
                        Json.text(member.document(code))))
                .mapEmpty();
    }

    /** Hangs the member below the one who invited them. */
    Future<Void> link(SqlConnection tx, NewMember member) {
        return tx.preparedQuery(LINK)
                .execute(Tuple.of(
                        Keys.referral(member.parentId(), member.id()),
                        Json.text(member.referralDocument()),
                        Keys.user(member.parentId())))
                .mapEmpty();
    }
}
