package io.cloneplatform.withdrawal.request;

import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.withdrawal.Withdrawal;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** Takes the hold of a new withdrawal and writes its document. */
public final class HoldStore {
    // The locks make both rows as new as the moment they are got: a freeze or a posting that was on its way is seen.
    // The account is locked before the member, as everywhere.
    private static final String HOLD_IF_FREE_AND_COVERED =
            """
            WITH account AS MATERIALIZED (
              SELECT id, balance FROM ledger_account WHERE id = $1 FOR NO KEY UPDATE
            ), member AS MATERIALIZED (
              SELECT u.value, a.balance
              FROM account a JOIN kv_store_44a642d3 u ON u.key = 'user:' || a.id
              FOR NO KEY UPDATE OF u
            ), attempt AS MATERIALIZED (
              SELECT m.value, m.balance, m.value -> 'accountFrozen' = 'true' AS frozen,
                     CASE WHEN m.value -> 'accountFrozen' = 'true' THEN false
                          ELSE ledger_hold($2, $1, $3, 'withdrawal', $2::uuid::text) END AS held
              FROM member m
            ), written AS (
              INSERT INTO kv_store_44a642d3 (key, value)
              SELECT $4, jsonb_build_object(
                'id', $2::uuid, 'userId', $1::uuid, 'userEmail', a.value -> 'email', 'userName', a.value -> 'name',
                'amount', to_major($3), 'status', 'pending', 'requestedAt', iso_instant(clock_timestamp()),
                'approvedAt', NULL, 'deniedAt', NULL, 'denialReason', NULL)
              FROM attempt a WHERE a.held
              RETURNING value
            )
            SELECT a.balance, a.frozen, a.value ->> 'freezeReason' AS freeze_reason,
                   (SELECT value::text FROM written) AS document
            FROM attempt a
            """;

    /**
     * What came of trying to take a hold.
     *
     * @param available the available balance before
     * @param freezeReason why withdrawals are paused, when they are
     * @param written the withdrawal; empty, with nothing written, when the account is frozen or the balance too small
     */
    record Attempt(Money available, boolean frozen, String freezeReason, Optional<Withdrawal> written) {}

    /** Moves the amount from available to held if it is covered and nothing pauses it; empty for an unknown member. */
    Future<Optional<Attempt>> holdIfFreeAndCovered(SqlConnection tx, UUID member, UUID id, Money amount) {
        return tx.preparedQuery(HOLD_IF_FREE_AND_COVERED)
                .execute(Tuple.of(member, id, amount.minor(), Keys.withdrawal(member, id)))
                .map(rows -> rows.stream().findFirst().map(HoldStore::attempt));
    }

    private static Attempt attempt(Row row) {
        return new Attempt(
                new Money(row.getLong("balance")),
                Boolean.TRUE.equals(row.getBoolean("frozen")),
                row.getString("freeze_reason"),
                Optional.ofNullable(row.getString("document")).map(text -> Json.read(text, Withdrawal.class)));
    }
}
