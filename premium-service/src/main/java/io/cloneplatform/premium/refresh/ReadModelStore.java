package io.cloneplatform.premium.refresh;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** Rebuilds what members' documents show of premium assignments, from the assignments themselves. */
public final class ReadModelStore {
    static final String START = "premium:";
    private static final int BATCH = 500;

    private static final String LIST =
            """
            SELECT key, (value ->> 'userId')::uuid AS member, status IN ('offered', 'active') AS open
            FROM kv_store_44a642d3
            WHERE key > $1 AND key < 'premium;'
            ORDER BY key LIMIT $2
            """;

    private static final String LOCK_ACCOUNTS =
            "SELECT FROM ledger_account WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE";

    private static final String LOCK_MEMBERS =
            """
            SELECT FROM kv_store_44a642d3 WHERE key = ANY (SELECT 'user:' || id FROM unnest($1::uuid[]) AS id)
            ORDER BY key FOR NO KEY UPDATE
            """;

    // Whether an active assignment freezes was decided when it was accepted, and a freeze that has lifted stays lifted:
    // the member's document is the only place that knows, and where it does not, nothing freezes.
    private static final String PROJECT =
            """
            UPDATE kv_store_44a642d3 u
            SET value = n.value || freeze_projection(n.value, n.balance), updated_at = now()
            FROM (
              SELECT m.key, a.balance, (m.value - 'premiumAssignment') || coalesce(open.projection, '{}') AS value
              FROM ledger_account a
              JOIN kv_store_44a642d3 m ON m.key = 'user:' || a.id
              LEFT JOIN LATERAL (
                SELECT jsonb_build_object('premiumAssignment', jsonb_build_object(
                  'id', p.value -> 'id', 'amount', p.value -> 'amount', 'position', p.value -> 'position',
                  'status', p.status, 'assignedAt', p.value -> 'assignedAt', 'expiresAt', p.value -> 'expiresAt',
                  'acceptedAt', p.value -> 'acceptedAt',
                  'freezes', p.status = 'active' AND m.value #> '{premiumAssignment,id}' = p.value -> 'id'
                             AND m.value #> '{premiumAssignment,freezes}' = 'true')) AS projection
                FROM kv_store_44a642d3 p
                WHERE p.key >= 'premium:' || a.id || ':' AND p.key < 'premium:' || a.id || ';'
                  AND p.status IN ('offered', 'active')
                ORDER BY p.key DESC LIMIT 1) open ON true
              WHERE a.id = ANY ($1)
            ) n
            WHERE u.key = n.key AND u.value IS DISTINCT FROM n.value || freeze_projection(n.value, n.balance)
            """;

    /**
     * What one batch did.
     *
     * @param open open assignments in it
     * @param last where the next batch begins; null after the last one
     */
    record Batch(int open, String last) {}

    /** Rebuilds the members of the assignments that follow a key. */
    Future<Batch> refresh(SqlConnection tx, String after) {
        return tx.preparedQuery(LIST).execute(Tuple.of(after, BATCH)).compose(rows -> {
            Tuple members = Tuple.tuple()
                    .addArrayOfUUID(rows.stream()
                            .map(row -> row.getUUID("member"))
                            .distinct()
                            .toArray(UUID[]::new));
            return tx.preparedQuery(LOCK_ACCOUNTS)
                    .execute(members)
                    .compose(locked -> tx.preparedQuery(LOCK_MEMBERS).execute(members))
                    .compose(locked -> tx.preparedQuery(PROJECT).execute(members))
                    .map(projected -> batch(rows));
        });
    }

    private static Batch batch(RowSet<Row> rows) {
        int open = (int) rows.stream().filter(row -> row.getBoolean("open")).count();
        String last = rows.stream()
                .map(row -> row.getString("key"))
                .reduce((before, key) -> key)
                .orElse(null);
        return new Batch(open, rows.size() < BATCH ? null : last);
    }
}
