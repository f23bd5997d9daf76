package io.cloneplatform.withdrawal.review;

import io.cloneplatform.common.json.Money;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** What operators recorded as money that came in, less what was paid out. */
public final class FundsStore {
    // In the order in which the payout will lock them, so that two approvals wait for each other instead of
    // deadlocking.
    private static final String LOCK =
            """
            SELECT kind, posted FROM ledger_account
            WHERE id = ANY ($1::uuid || ARRAY(SELECT id FROM ledger_account WHERE kind = 'system' AND name = 'external'))
            ORDER BY id FOR NO KEY UPDATE
            """;

    // For whoever types an approval at the database: the trigger on the table asks it.
    private static final String ANNOUNCE =
            """
            INSERT INTO platform_setting AS s (name, value) VALUES ('payouts.require-funding', to_jsonb($1::boolean))
            ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now() WHERE s.value <> excluded.value
            """;

    /** Tells the database whether payouts need recorded funds. */
    public Future<Void> announce(SqlClient client, boolean required) {
        return client.preparedQuery(ANNOUNCE).execute(Tuple.of(required)).mapEmpty();
    }

    /** The funds, which nothing can change before this transaction ends; locks the member's account with them. */
    Future<Money> lockFunds(SqlConnection tx, UUID member) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(member))
                .map(rows -> new Money(rows.stream()
                        .filter(row -> row.getString("kind").equals("system"))
                        .mapToLong(row -> -row.getLong("posted"))
                        .sum()));
    }
}
