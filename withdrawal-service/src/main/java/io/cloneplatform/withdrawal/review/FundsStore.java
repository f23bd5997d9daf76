package io.cloneplatform.withdrawal.review;

import io.cloneplatform.common.json.Money;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** What operators recorded as money that came in, less what was paid out. */
public final class FundsStore {
    private static final UUID EXTERNAL = UUID.fromString("ffffffff-ffff-ffff-ffff-fffffffffff1");

    // In the order in which the payout will lock them, so that two approvals wait for each other instead of
    // deadlocking.
    private static final String LOCK =
            "SELECT id, posted FROM ledger_account WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE";

    /** The funds, which nothing can change before this transaction ends; locks the member's account with them. */
    Future<Money> lockFunds(SqlConnection tx, UUID member) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.tuple().addArrayOfUUID(new UUID[] {member, EXTERNAL}))
                .map(rows -> rows.stream()
                        .filter(row -> row.getUUID("id").equals(EXTERNAL))
                        .map(row -> new Money(-row.getLong("posted")))
                        .findFirst()
                        .orElseThrow());
    }
}
