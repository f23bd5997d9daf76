package io.cloneplatform.earnings.submit;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;

/** Premium assignments as the submission that completes one sees them. */
public final class AssignmentStore {
    private static final String LOCK =
            """
            SELECT value::text AS value, coalesce(value ->> 'expiresAt' <= iso_instant(now()), false) AS expired
            FROM kv_store_44a642d3 WHERE key = $1 FOR NO KEY UPDATE
            """;

    private static final String COMPLETE =
            "UPDATE kv_store_44a642d3 SET value = value || $2::text::jsonb, updated_at = now() WHERE key = $1";

    // Runs after the posting, which has locked the member's account: accounts are locked before members' documents.
    private static final String CLOSE =
            """
            UPDATE kv_store_44a642d3 u
            SET value = (u.value - 'premiumAssignment') || freeze_projection(u.value - 'premiumAssignment', a.balance),
                updated_at = now()
            FROM ledger_account a WHERE a.id = $1 AND u.key = $2 AND u.value #>> '{premiumAssignment,id}' = $3
            """;

    /**
     * An assignment, locked.
     *
     * @param status offered, active, completed, declined, revoked or expired
     */
    record Assignment(String id, String status, Money amount, boolean expired) {}

    /** Locks an assignment until the transaction ends. */
    Future<Optional<Assignment>> lock(SqlConnection tx, UUID member, String id) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(Keys.premium(member, id)))
                .map(rows -> assignment(id, rows.iterator()));
    }

    private static Optional<Assignment> assignment(String id, Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return Optional.empty();
        }
        Row row = rows.next();
        JsonNode document = Json.read(row.getString("value"));
        return Optional.of(new Assignment(
                id,
                document.path("status").asText(),
                Money.ofMajor(document.path("amount").decimalValue()),
                row.getBoolean("expired")));
    }

    /** Ends a locked assignment as completed, and with it what it froze. */
    Future<Void> complete(SqlConnection tx, Product product) {
        String now = Instants.iso(Instant.now());
        var change = Json.object()
                .put("status", "completed")
                .put("completedAt", now)
                .put("endedAt", now)
                .put("productId", product.id());
        UUID member = UUID.fromString(product.userId());
        return tx.preparedQuery(COMPLETE)
                .execute(Tuple.of(Keys.premium(member, product.assignmentId()), Json.text(change)))
                .compose(done ->
                        tx.preparedQuery(CLOSE).execute(Tuple.of(member, Keys.user(member), product.assignmentId())))
                .mapEmpty();
    }
}
