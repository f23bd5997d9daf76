package io.cloneplatform.auth.users;

import io.cloneplatform.auth.Rows;
import io.cloneplatform.auth.profile.Profile;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads members and their ledger lines for admins. Deleted members are not there. */
final class UserStore {
    private static final String FIND =
            """
            SELECT u.value::text AS doc FROM member m JOIN kv_store_44a642d3 u ON u.key = 'user:' || m.id
            WHERE m.id = $1 AND m.deleted_at IS NULL
            """;

    // Asked for as a range of the whole index key, and a transfer at a time: the planner takes every account for an
    // average one, and would sort all entries of a busy one, or read all transfers, for each page.
    static final String LIST_ENTRIES =
            """
            SELECT e.seq, e.transfer_id, t.kind, e.role, e.amount, e.held, e.balance_after, t.reference,
                   iso_instant(e.created_at) AS created_at
            FROM (SELECT * FROM ledger_entry
                  WHERE (account_id, seq) >= ($1::uuid, 0::bigint)
                    AND (account_id, seq) < ($1::uuid, coalesce($2::bigint, 9223372036854775807))
                  ORDER BY account_id DESC, seq DESC LIMIT $3) e
            CROSS JOIN LATERAL (SELECT * FROM ledger_transfer WHERE id = e.transfer_id LIMIT 1) t
            ORDER BY e.seq DESC
            """;

    Future<Optional<Profile>> find(SqlClient client, UUID id) {
        return client.preparedQuery(FIND)
                .mapping(UserStore::profile)
                .execute(Tuple.of(id))
                .map(Rows::first);
    }

    private static Profile profile(Row row) {
        return Json.read(row.getString("doc"), Profile.class);
    }

    /** A member's ledger lines below a sequence number, newest first; null starts at the newest. */
    Future<List<LedgerLine>> entries(SqlClient client, UUID id, Long below, int limit) {
        return client.preparedQuery(LIST_ENTRIES)
                .mapping(UserStore::line)
                .execute(Tuple.of(id, below, limit))
                .map(Rows::list);
    }

    private static LedgerLine line(Row row) {
        return new LedgerLine(
                row.getLong("seq").toString(),
                row.getUUID("transfer_id"),
                row.getString("kind"),
                row.getString("role"),
                new Money(row.getLong("amount")),
                new Money(row.getLong("held")),
                new Money(row.getLong("balance_after")),
                row.getString("reference"),
                row.getString("created_at"));
    }
}
