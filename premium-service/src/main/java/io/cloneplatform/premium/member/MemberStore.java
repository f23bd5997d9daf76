package io.cloneplatform.premium.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.premium.assignment.AssignmentView;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/**
 * The causes of freezes in the documents of members. Every change recomputes from them what the member sees. Writes need
 * {@link #lock} first, so that no posting comes in between.
 */
public final class MemberStore {
    private static final String ASSIGNMENT = "premiumAssignment";
    private static final String HOLD = "complianceHold";

    private static final String LOCK = "SELECT FROM ledger_account WHERE id = $1 AND kind = 'member' FOR NO KEY UPDATE";

    // A statement of its own: what committed while the lock was waited for is only seen by the next one.
    private static final String READ_LOCKED =
            """
            SELECT a.balance, u.value ->> 'email' AS email, u.value ->> 'name' AS name, m.deleted_at IS NOT NULL AS gone,
                   u.value #>> '{complianceHold,reason}' IS NOT NULL AS on_hold
            FROM ledger_account a
            JOIN kv_store_44a642d3 u ON u.key = 'user:' || a.id
            LEFT JOIN member m ON m.id = a.id
            WHERE a.id = $1
            """;

    private static final String AMEND =
            """
            UPDATE kv_store_44a642d3 u
            SET updated_at = now(),
                value = ((u.value - $2::text) || $3::text::jsonb)
                  || freeze_projection((u.value - $2::text) || $3::text::jsonb, a.balance)
            FROM ledger_account a
            WHERE u.key = 'user:' || $1::uuid AND a.id = $1
            RETURNING u.value::text AS document
            """;

    private static final String FIND = "SELECT value::text AS document FROM kv_store_44a642d3 WHERE key = $1";

    /**
     * A member whose account is locked.
     *
     * @param available the available balance, which cannot change before the transaction ends
     * @param gone whether the account was removed
     * @param onHold whether an admin holds the account
     */
    public record Locked(Money available, String email, String name, boolean gone, boolean onHold) {}

    /** Locks the member's account; empty when there is no such member. */
    public Future<Optional<Locked>> lock(SqlConnection tx, UUID member) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(member))
                .compose(locked -> tx.preparedQuery(READ_LOCKED).execute(Tuple.of(member)))
                .map(rows -> rows.stream().findFirst().map(MemberStore::locked));
    }

    private static Locked locked(Row row) {
        return new Locked(
                new Money(row.getLong("balance")),
                row.getString("email"),
                row.getString("name"),
                row.getBoolean("gone"),
                row.getBoolean("on_hold"));
    }

    /**
     * Shows an open assignment on the member.
     *
     * @param freezes whether it pauses withdrawals for as long as the balance does not cover it
     */
    public Future<MemberState> putAssignment(
            SqlConnection tx, UUID member, AssignmentView assignment, boolean freezes) {
        ObjectNode document = Json.MAPPER.valueToTree(assignment);
        return amend(tx, member, ASSIGNMENT, Json.object().set(ASSIGNMENT, document.put("freezes", freezes)));
    }

    /** Takes the assignment off the member. */
    public Future<MemberState> removeAssignment(SqlConnection tx, UUID member) {
        return amend(tx, member, ASSIGNMENT, Json.object());
    }

    /** Holds the account. */
    public Future<MemberState> putHold(SqlConnection tx, UUID member, ObjectNode hold) {
        return amend(tx, member, HOLD, Json.object().set(HOLD, hold));
    }

    /** Lifts the hold. */
    public Future<MemberState> removeHold(SqlConnection tx, UUID member) {
        return amend(tx, member, HOLD, Json.object());
    }

    private static Future<MemberState> amend(SqlConnection tx, UUID member, String remove, ObjectNode put) {
        return tx.preparedQuery(AMEND)
                .execute(Tuple.of(member, remove, Json.text(put)))
                .map(rows -> state(rows.iterator().next()));
    }

    /** The member as they are. */
    public Future<Optional<MemberState>> find(SqlClient client, UUID member) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(Keys.user(member)))
                .map(rows -> rows.stream().findFirst().map(MemberStore::state));
    }

    private static MemberState state(Row row) {
        return Json.read(row.getString("document"), MemberState.class);
    }
}
