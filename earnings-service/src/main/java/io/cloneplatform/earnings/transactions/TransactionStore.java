package io.cloneplatform.earnings.transactions;

import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.common.kv.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** Reads transfers from the journal, newest first, in the order of an index. */
final class TransactionStore {
    // What every row shows, from the few entries of its own transfer.
    private static final String ROWS =
            """
            SELECT t.position, t.id, t.kind, t.phase, t.reference, t.memo, t.reverses, t.created_at,
                   e.amount, e.entry_count, m.id AS user_id, m.name AS user_name
            FROM t
            LEFT JOIN LATERAL (
              SELECT coalesce(nullif(sum(amount) FILTER (WHERE amount > 0), 0), abs(sum(held)), 0)::bigint AS amount,
                     count(*)::integer AS entry_count
              FROM ledger_entry WHERE transfer_id = t.id) e ON true
            LEFT JOIN LATERAL (
              SELECT m.id, m.name FROM ledger_entry own JOIN member m ON m.id = own.account_id
              WHERE own.transfer_id = t.id ORDER BY own.role = 'own' DESC, own.seq LIMIT 1) m ON true
            ORDER BY t.position DESC
            """;

    static final String ALL =
            """
            WITH t AS (
              SELECT seq AS position, * FROM ledger_transfer
              WHERE seq < coalesce($1::bigint, 9223372036854775807)
              ORDER BY seq DESC LIMIT $2::integer)
            """
                    + ROWS;

    // As a range of the whole index key, for the reason that the store of statements gives.
    static final String OF_MEMBER =
            """
            WITH t AS (
              SELECT e.seq AS position, t.* FROM (
                SELECT seq, transfer_id FROM ledger_entry
                WHERE (account_id, seq) >= ($3::uuid, 0::bigint)
                  AND (account_id, seq) < ($3::uuid, coalesce($1::bigint, 9223372036854775807))
                ORDER BY account_id DESC, seq DESC LIMIT $2::integer) e
              JOIN LATERAL (SELECT * FROM ledger_transfer WHERE id = e.transfer_id LIMIT 1) t ON true)
            """
                    + ROWS;

    private final Pool pool;

    TransactionStore(Pool pool) {
        this.pool = pool;
    }

    /** One page of all transfers before a position, null for the newest. */
    Future<List<Row>> all(Page page, Long before) {
        return pool.preparedQuery(ALL).execute(Tuple.of(before, page.fetch())).map(rows -> rows.stream()
                .toList());
    }

    /** One page of the transfers that touch a member. */
    Future<List<Row>> ofMember(UUID member, Page page, Long before) {
        return pool.preparedQuery(OF_MEMBER)
                .execute(Tuple.of(before, page.fetch(), member))
                .map(rows -> rows.stream().toList());
    }

    static BookedTransfer transfer(Row row) {
        return new BookedTransfer(
                row.getUUID("id").toString(),
                row.getString("kind"),
                row.getString("phase"),
                new Money(row.getLong("amount")),
                row.getInteger("entry_count"),
                text(row.getUUID("user_id")),
                row.getString("user_name"),
                row.getString("reference"),
                row.getString("memo"),
                text(row.getUUID("reverses")),
                Instants.iso(row.getOffsetDateTime("created_at").toInstant()));
    }

    private static String text(UUID id) {
        return id == null ? null : id.toString();
    }
}
