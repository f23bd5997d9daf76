package io.cloneplatform.earnings.statement;

import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.common.kv.Period;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads statements from the journal. */
final class StatementStore {
    // One statement sees one moment: the newest entry and the balances agree. The account's entries are asked for as a
    // range of the whole index key: for "account_id = $1 ORDER BY seq" the planner takes every account for an average
    // one, and then reads and sorts all entries of a busy one for each page. The coalesce around the period hides from
    // it how few entries that leaves. Names are looked up entry by entry. An account without entries answers one row.
    static final String PAGE =
            """
            SELECT a.balance AS available, a.held AS holding, e.seq, e.created_at, e.transfer_id, t.kind, t.phase, e.role,
                   coalesce(o.reference, t.reference) AS reference, coalesce(t.memo, w.value ->> 'denialReason') AS memo, w.value ->> 'status' AS outcome, t.reverses, e.amount, e.held, e.balance_after, e.held_after,
                   CASE WHEN e.role LIKE 'level\\_%' THEN (
                     SELECT m.name FROM ledger_entry own JOIN member m ON m.id = own.account_id
                     WHERE own.transfer_id = e.transfer_id AND own.role = 'own') END AS submitter,
                   CASE WHEN e.role = 'own' THEN (
                     SELECT p.value ->> 'name' FROM kv_store_44a642d3 p
                     WHERE p.key = 'product:' || a.id || ':' || coalesce(o.reference, t.reference)) END AS product
            FROM ledger_account a
            LEFT JOIN LATERAL (
              SELECT * FROM ledger_entry
              WHERE (account_id, seq) >= ($1::uuid, 0::bigint)
                AND (account_id, seq) < ($1::uuid, coalesce($2::bigint, 9223372036854775807))
                AND coalesce(created_at >= coalesce($3::timestamptz, '-infinity')
                             AND created_at < coalesce($4::timestamptz, 'infinity'), false)
              ORDER BY account_id DESC, seq DESC LIMIT $5) e ON true
            LEFT JOIN LATERAL (SELECT * FROM ledger_transfer WHERE id = e.transfer_id LIMIT 1) t ON true
            LEFT JOIN LATERAL (SELECT reference FROM ledger_transfer WHERE id = t.reverses LIMIT 1) o ON true
            LEFT JOIN LATERAL (
              SELECT value FROM kv_store_44a642d3
              WHERE t.phase = 'void' AND key = 'withdrawal:' || a.id || ':' || t.hold_id LIMIT 1) w ON true
            WHERE a.id = $1::uuid AND a.kind = 'member'
            ORDER BY e.seq DESC
            """;

    private final Pool pool;

    StatementStore(Pool pool) {
        this.pool = pool;
    }

    /** One page of a member's entries before a sequence number, null for the newest; empty when there is no such member. */
    Future<Optional<Statement>> page(UUID member, Page page, Long before, Period period) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.of(member, before, period.from(), period.to(), page.fetch()))
                .map(rows -> rows.stream().toList())
                .map(rows -> rows.isEmpty() ? Optional.empty() : Optional.of(statement(rows, page)));
    }

    private static Statement statement(List<Row> rows, Page page) {
        List<Row> entries =
                rows.stream().filter(row -> row.getLong("seq") != null).toList();
        return new Statement(
                page.trim(entries).stream().map(StatementStore::line).toList(),
                balances(rows.get(0)),
                page.nextCursor(entries, row -> row.getLong("seq").toString()));
    }

    private static Statement.Balances balances(Row row) {
        Money available = money(row, "available");
        Money held = money(row, "holding");
        return new Statement.Balances(available.plus(held), held, available);
    }

    private static StatementLine line(Row row) {
        UUID reverses = row.getUUID("reverses");
        Wording words = Wording.of(
                row.getString("kind"),
                row.getString("phase"),
                row.getString("role"),
                row.getString("reference"),
                row.getString("submitter"),
                row.getString("product"),
                row.getString("outcome"));
        Wording wording = reverses == null ? words : words.takenBack();
        Money balance = money(row, "balance_after");
        Money heldBalance = money(row, "held_after");
        return new StatementLine(
                Instants.iso(row.getOffsetDateTime("created_at").toInstant()),
                row.getUUID("transfer_id").toString(),
                row.getString("kind"),
                row.getString("phase"),
                row.getString("role"),
                wording.counterpart(),
                wording.description(),
                row.getString("reference"),
                row.getString("memo"),
                money(row, "amount"),
                money(row, "held"),
                balance,
                heldBalance,
                balance.plus(heldBalance),
                reverses == null ? null : reverses.toString());
    }

    private static Money money(Row row, String column) {
        return new Money(row.getLong(column));
    }
}
