package io.cloneplatform.withdrawal;

import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** The documents of withdrawals. Every method takes the transaction it works in. */
public final class WithdrawalStore {
    // A withdrawal made here, or imported while pending, has a hold of the same id, whose entry names the member.
    private static final String FIND_HOLDER =
            "SELECT account_id FROM ledger_entry WHERE transfer_id = $1 AND role = 'hold'";

    // An imported one that was closed already has no hold, but an id that was made from its time.
    private static final String FIND_CLOSED =
            """
            SELECT key FROM kv_store_44a642d3
            WHERE key LIKE 'withdrawal:%' AND status IN ('approved', 'denied', 'cancelled')
              AND created_at >= timestamptz 'epoch' + $1::bigint * interval '1 millisecond'
              AND created_at < timestamptz 'epoch' + ($1::bigint + 1) * interval '1 millisecond'
              AND right(key, length($2) + 1) = ':' || $2
            """;

    private static final String FIND_OLD =
            """
            SELECT key FROM kv_store_44a642d3
            WHERE key >= $1 AND key < $2 AND (value ->> 'legacyId' = $3 OR key = $1 || $3)
            LIMIT 1
            """;

    private static final String FIND = "SELECT value::text AS document FROM kv_store_44a642d3 WHERE key = $1";

    private static final String LOCK = FIND + " FOR NO KEY UPDATE";

    // The trigger on the table settles the hold and stamps the time.
    private static final String MOVE =
            """
            UPDATE kv_store_44a642d3
            SET value = value || jsonb_build_object('status', $3::text)
              || CASE WHEN $4::text IS NULL THEN '{}' ELSE jsonb_build_object('denialReason', $4::text) END
            WHERE key = $1 AND status = $2
            RETURNING value::text AS document
            """;

    private static final String FIND_BALANCE = "SELECT balance FROM ledger_account WHERE id = $1";

    /** The key of the withdrawal with this id, whosever it is. */
    public Future<Optional<String>> locate(SqlConnection tx, WithdrawalId id) {
        return id.old()
                ? locateOld(tx, id)
                : tx.preparedQuery(FIND_HOLDER)
                        .execute(Tuple.of(id.uuid()))
                        .map(rows -> first(rows).map(row -> Keys.withdrawal(row.getUUID("account_id"), id.text())))
                        .compose(key -> key.isPresent() ? Future.succeededFuture(key) : locateClosed(tx, id));
    }

    private static Future<Optional<String>> locateClosed(SqlConnection tx, WithdrawalId id) {
        return tx.preparedQuery(FIND_CLOSED)
                .execute(Tuple.of(id.millis(), id.text()))
                .map(WithdrawalStore::key);
    }

    private static Future<Optional<String>> locateOld(SqlConnection tx, WithdrawalId id) {
        String prefix = Keys.withdrawal(id.uuid(), "");
        return tx.preparedQuery(FIND_OLD)
                .execute(Tuple.of(prefix, Keys.end(prefix), id.text()))
                .map(WithdrawalStore::key);
    }

    private static Optional<String> key(RowSet<Row> rows) {
        return first(rows).map(row -> row.getString("key"));
    }

    /** The withdrawal under a key. */
    public Future<Optional<Withdrawal>> find(SqlConnection tx, String key) {
        return tx.preparedQuery(FIND).execute(Tuple.of(key)).map(WithdrawalStore::withdrawal);
    }

    /** The withdrawal under a key, which nobody else can move before this transaction ends. */
    public Future<Optional<Withdrawal>> lock(SqlConnection tx, String key) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(key)).map(WithdrawalStore::withdrawal);
    }

    /** Takes an edge of the table; empty when the withdrawal is not where the edge begins. */
    public Future<Optional<Withdrawal>> move(
            SqlConnection tx, String key, WithdrawalTransition transition, String denialReason) {
        return tx.preparedQuery(MOVE)
                .execute(Tuple.of(key, transition.from().text(), transition.to().text(), denialReason))
                .map(WithdrawalStore::withdrawal);
    }

    /** A member's available balance. */
    public Future<Money> balance(SqlConnection tx, UUID member) {
        return tx.preparedQuery(FIND_BALANCE)
                .execute(Tuple.of(member))
                .map(rows -> new Money(rows.iterator().next().getLong("balance")));
    }

    private static Optional<Withdrawal> withdrawal(RowSet<Row> rows) {
        return first(rows).map(row -> Json.read(row.getString("document"), Withdrawal.class));
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return rows.stream().findFirst();
    }
}
