package io.cloneplatform.earnings.ledger;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The ledger as this service uses it: one way to post, one way to lock. */
public final class Ledger {
    private static final String POST =
            """
            SELECT account_id, balance, held, earned
            FROM ledger_transfer_post($1::uuid, $2::text, $3::text, $4::text, $5::uuid[], $6::text[], $7::bigint[], $8::bigint[])
            """;

    private static final String LOCK =
            "SELECT balance, held, earned FROM ledger_account WHERE id = $1 FOR NO KEY UPDATE";

    private static final String LOCK_MEMBER =
            """
            SELECT a.balance, a.held, a.earned
            FROM ledger_account a JOIN member m ON m.id = a.id AND m.deleted_at IS NULL
            WHERE a.id = $1 FOR NO KEY UPDATE OF a
            """;

    /**
     * Posts a transfer and answers the balances after it by account. The future fails when the database refuses: what a
     * rule may refuse is checked under lock before.
     */
    public Future<Map<UUID, Account>> post(SqlConnection tx, Transfer transfer) {
        return tx.preparedQuery(POST)
                .execute(Tuple.of(
                        transfer.id(),
                        transfer.kind(),
                        transfer.reference(),
                        transfer.memo(),
                        transfer.accounts(),
                        transfer.roles(),
                        transfer.amounts(),
                        transfer.earned()))
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> row.getUUID("account_id"), Account::of)));
    }

    /** Locks a system account until the transaction ends. */
    public Future<Account> lock(SqlConnection tx, UUID account) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(account))
                .map(rows -> Account.of(rows.iterator().next()));
    }

    /** Locks a member's account until the transaction ends; empty when there is no such member. */
    public Future<Optional<Account>> lockMember(SqlConnection tx, UUID member) {
        return tx.preparedQuery(LOCK_MEMBER).execute(Tuple.of(member)).map(rows -> first(rows.iterator()));
    }

    private static Optional<Account> first(java.util.Iterator<Row> rows) {
        return rows.hasNext() ? Optional.of(Account.of(rows.next())) : Optional.empty();
    }
}
