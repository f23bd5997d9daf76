package io.cloneplatform.auth.users;

import io.cloneplatform.auth.Rows;
import io.cloneplatform.auth.profile.Profile;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads members and their ledger lines for admins. Deleted members are not there. */
final class UserStore {
    private static final String WITH_DOCUMENTS = " FROM member m JOIN kv_store_44a642d3 u ON u.key = 'user:' || m.id ";

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

    private static final String COUNT_ALL = "SELECT coalesce(sum(members), 0)::bigint AS total FROM platform_members";

    record Listed(MemberRow member, UserPosition position) {}

    Future<List<Listed>> list(SqlClient client, UserFilter filter, Page page) {
        Tuple values = Tuple.tuple();
        String sql = "SELECT u.value::text AS doc, m.created_at, m.id" + WITH_DOCUMENTS
                + "WHERE " + filter.conditions(values) + after(UserPosition.parse(page.after()), values)
                + " ORDER BY m.created_at DESC, m.id DESC LIMIT " + UserFilter.add(values, page.fetch())
                + " OFFSET " + UserFilter.add(values, page.offset());
        return client.preparedQuery(sql)
                .mapping(UserStore::listed)
                .execute(values)
                .map(Rows::list);
    }

    private static String after(UserPosition position, Tuple values) {
        return position.isStart()
                ? ""
                : " AND (m.created_at, m.id) < (" + UserFilter.add(values, position.createdAt()) + ", "
                        + UserFilter.add(values, position.id()) + ")";
    }

    private static Listed listed(Row row) {
        return new Listed(
                MemberRow.of(profile(row)), new UserPosition(row.getOffsetDateTime("created_at"), row.getUUID("id")));
    }

    Future<Long> count(SqlClient client, UserFilter filter) {
        Tuple values = Tuple.tuple();
        String sql = filter.isEmpty()
                ? COUNT_ALL
                : "SELECT count(*) AS total" + (filter.isAboutRows() ? " FROM member m " : WITH_DOCUMENTS) + "WHERE "
                        + filter.conditions(values);
        return client.preparedQuery(sql)
                .execute(values)
                .map(rows -> rows.iterator().next().getLong("total"));
    }

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
