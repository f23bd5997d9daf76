package io.cloneplatform.earnings.transactions;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.kv.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An admin reads what was booked last: everything, or what touches one member. */
public final class ListTransactions {
    // A position in one list means nothing in the other.
    private static final String IN_ALL = "all:";
    private static final String OF_MEMBER = "member:";

    private final TransactionStore store;

    public ListTransactions(Pool pool) {
        this.store = new TransactionStore(pool);
    }

    private record Answer(List<BookedTransfer> transactions, String nextCursor) {}

    /** Lists one page; a member whom nobody knows has none. */
    public Future<Reply> list(Request request) {
        Page page = Page.of(request);
        String user = request.param("userId");
        if (user == null) {
            return store.all(page, before(page, IN_ALL)).map(rows -> answer(page, rows, IN_ALL));
        }
        Long before = before(page, OF_MEMBER);
        Optional<UUID> member = Ids.parse(user);
        return member.map(id -> store.ofMember(id, page, before).map(rows -> answer(page, rows, OF_MEMBER)))
                .orElseGet(() -> Future.succeededFuture(answer(page, List.of(), OF_MEMBER)));
    }

    private static Long before(Page page, String list) {
        if (page.after() == null) {
            return null;
        }
        try {
            if (page.after().startsWith(list)) {
                return Long.valueOf(page.after().substring(list.length()));
            }
            throw new Request.BadParam("cursor");
        } catch (NumberFormatException e) {
            throw new Request.BadParam("cursor");
        }
    }

    private static Reply answer(Page page, List<Row> rows, String list) {
        return Reply.ok(new Answer(
                page.trim(rows).stream().map(TransactionStore::transfer).toList(),
                page.nextCursor(rows, row -> list + row.getLong("position"))));
    }
}
