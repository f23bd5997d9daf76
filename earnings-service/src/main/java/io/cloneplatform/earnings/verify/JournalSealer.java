package io.cloneplatform.earnings.verify;

import io.cloneplatform.common.launch.Chore;
import io.cloneplatform.common.launch.Node;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/**
 * Extends the chain of hashes over the journal, a moment after the postings and never in their way: a bounded number of
 * transfers at a time, by one process of the cluster at a time.
 */
public final class JournalSealer {
    private static final int LIMIT = 200;
    private static final long PAUSE_MS = 1_000;
    private static final long PAUSE_BEHIND_MS = 100;

    private static final String SEAL = "SELECT ledger_seal_next($1, $2) AS sealed";

    private JournalSealer() {}

    /** Begins to seal, until the process stops. */
    public static void start(Node node) {
        Chore.again(node, PAUSE_MS, "The journal was not sealed", () -> seal(node.pool(), false)
                .map(number -> number == LIMIT ? PAUSE_BEHIND_MS : PAUSE_MS));
    }

    /** Seals transfers whose transaction took longer than any should; looks through the whole journal for them. */
    static Future<Integer> sealMissed(Pool pool) {
        return pool.withTransaction(
                tx -> tx.query(LedgerCheck.TAKE_TIME).execute().compose(patient -> seal(tx, true)));
    }

    private static Future<Integer> seal(SqlClient client, boolean missed) {
        return client.preparedQuery(SEAL)
                .execute(Tuple.of(LIMIT, missed))
                .map(rows -> rows.iterator().next().getInteger("sealed"));
    }
}
