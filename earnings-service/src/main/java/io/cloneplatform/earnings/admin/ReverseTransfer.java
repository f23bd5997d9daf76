package io.cloneplatform.earnings.admin;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * An admin corrects a transfer by the opposite one, which names the first: an adjustment, a funding, or what members
 * earned by mistake. Nobody's balance goes below zero for it, and what was paid out is not taken back here.
 */
public final class ReverseTransfer {
    private static final int MAX_REASON = 500;

    // Locked in the order of every posting; a second reversal waits here and then sees the first.
    private static final String LOCK_ACCOUNTS =
            """
            SELECT a.kind, a.balance, a.closed, e.amount
            FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
            WHERE e.transfer_id = $1 ORDER BY a.id FOR NO KEY UPDATE OF a
            """;

    private static final String FIND =
            """
            SELECT t.kind, t.kind IN ('adjustment', 'funding', 'submission', 'bonus', 'boost') AND t.phase = 'posted' AND t.reverses IS NULL AS reversible,
                   EXISTS (SELECT FROM ledger_transfer r WHERE r.reverses = t.id) AS reversed
            FROM ledger_transfer t WHERE t.id = $1
            """;

    private static final String REVERSE = "SELECT account_id FROM ledger_reverse($1, $2, $3)";

    // What a submission counted for is taken back with it: its state, and what it brought the parent. For any other
    // transfer there is no such row.
    private static final String TAKE_BACK_DOCUMENTS =
            """
            WITH submission AS (
              SELECT 'product:' || o.account_id || ':' || t.reference AS product, 'referral:' || p.account_id || ':' || o.account_id AS referral,
                     p.amount AS shared
              FROM ledger_transfer t
              JOIN ledger_entry o ON o.transfer_id = t.id AND o.role = 'own'
              LEFT JOIN ledger_entry p ON p.transfer_id = t.id AND p.role = 'level_1'
              WHERE t.id = $1 AND t.kind = 'submission'
            ), product AS (
              UPDATE kv_store_44a642d3 d
              SET value = d.value || jsonb_build_object('status', 'reversed', 'reversedAt', iso_instant(now())), updated_at = now()
              FROM submission s WHERE d.key = s.product
            )
            UPDATE kv_store_44a642d3 r
            SET value = r.value || jsonb_build_object(
                  'totalSharedProfit', trim_scale((r.value ->> 'totalSharedProfit')::numeric - to_major(s.shared))),
                updated_at = now()
            FROM submission s WHERE r.key = s.referral
            """;

    private record Order(String transferId, String reason) {}

    private record Reversal(String id, String kind, String reverses, String reason, String createdAt) {}

    private record Answer(Reversal transfer, String message) {}

    /** Reverses it. */
    public Future<Reply> reverse(SqlConnection tx, Request request) {
        Order order = request.body(Order.class);
        String reason = order.reason();
        if (reason == null || reason.isBlank() || reason.codePointCount(0, reason.length()) > MAX_REASON) {
            return Future.succeededFuture(Reply.invalid("reason", "must have 1 to 500 characters"));
        }
        Optional<UUID> transfer = Ids.parse(order.transferId());
        return transfer.isEmpty()
                ? Future.succeededFuture(Reply.notFound("Transfer"))
                : tx.preparedQuery(LOCK_ACCOUNTS)
                        .execute(Tuple.of(transfer.orElseThrow()))
                        .compose(accounts -> decide(tx, transfer.orElseThrow(), reason, accounts));
    }

    private static Future<Reply> decide(SqlConnection tx, UUID transfer, String reason, RowSet<Row> accounts) {
        return tx.preparedQuery(FIND).execute(Tuple.of(transfer)).compose(found -> {
            if (found.size() == 0) {
                return Future.succeededFuture(Reply.notFound("Transfer"));
            }
            Row first = found.iterator().next();
            Optional<Reply> refusal = obstacle(first, accounts);
            return refusal.isPresent()
                    ? Future.succeededFuture(refusal.orElseThrow())
                    : post(tx, transfer, first.getString("kind"), reason);
        });
    }

    private static Optional<Reply> obstacle(Row transfer, RowSet<Row> accounts) {
        if (!transfer.getBoolean("reversible")) {
            return Optional.of(Reply.refuse(
                    ErrorCode.WRONG_STATE, "A withdrawal, an opening balance or a reversal cannot be reversed"));
        }
        if (transfer.getBoolean("reversed")) {
            return Optional.of(Reply.refuse(ErrorCode.WRONG_STATE, "The transfer was reversed before"));
        }
        return StreamSupport.stream(accounts.spliterator(), false).anyMatch(row -> row.getBoolean("closed"))
                ? Optional.of(Reply.refuse(ErrorCode.WRONG_STATE, "A member of this transfer has left"))
                : uncovered(accounts);
    }

    private static Optional<Reply> uncovered(RowSet<Row> accounts) {
        return StreamSupport.stream(accounts.spliterator(), false)
                .filter(row -> row.getString("kind").equals("member")
                        && Math.subtractExact(row.getLong("balance"), row.getLong("amount")) < 0)
                .findFirst()
                .map(row -> Reply.refuse(
                        ErrorCode.INSUFFICIENT_BALANCE,
                        "The available balance of " + new Money(row.getLong("balance")).text()
                                + " does not cover this"));
    }

    private static Future<Reply> post(SqlConnection tx, UUID transfer, String kind, String reason) {
        UUID id = Ids.next();
        Reversal reversal = new Reversal(id.toString(), kind, transfer.toString(), reason, Instants.iso(Instant.now()));
        return tx.preparedQuery(REVERSE)
                .execute(Tuple.of(id, transfer, reason))
                .compose(posted -> tx.preparedQuery(TAKE_BACK_DOCUMENTS).execute(Tuple.of(transfer)))
                .map(done -> Reply.ok(new Answer(reversal, "Transfer reversed.")));
    }
}
