package io.cloneplatform.support.ticket;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.support.page.ClientId;
import io.cloneplatform.support.page.Documents;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;

/** A member opens a ticket and looks at their own. */
public final class MemberTickets {
    private final Pool pool;
    private final TicketStore store;
    private final TicketLists lists;

    public MemberTickets(Pool pool, TicketStore store, TicketLists lists) {
        this.pool = pool;
        this.store = store;
        this.lists = lists;
    }

    /** Opens a ticket. */
    public Future<Reply> open(SqlConnection tx, Request request) {
        NewTicket asked = request.body(NewTicket.class);
        if (!asked.hasSubject()) {
            return Future.succeededFuture(Reply.invalid("subject", "is required"));
        }
        if (asked.text() == null) {
            return Future.succeededFuture(Reply.invalid("message", "is required"));
        }
        Instant now = Instant.now();
        return store.insert(tx, Ticket.open(request.caller(), asked, now), now)
                .map(doc -> Reply.ok(Documents.one("ticket", doc).put("message", "Ticket created.")));
    }

    /** The caller's tickets, newest first. */
    public Future<Reply> list(Request request) {
        return lists.own(request, TicketStatus.filter(request)).map(Reply::ok);
    }

    /** One of the caller's tickets with all its replies. */
    public Future<Reply> get(Request request) {
        return ClientId.of(request)
                .map(id -> store.find(pool, id)
                        .map(found -> found.map(row -> shown(row, request)).orElseGet(() -> Reply.notFound("Ticket"))))
                .orElseGet(() -> Future.succeededFuture(Reply.notFound("Ticket")));
    }

    private static Reply shown(Row row, Request request) {
        return request.caller().id().equals(row.getString("user_id"))
                ? Reply.ok(Documents.one("ticket", row.getString("doc")))
                : TicketStore.notYours();
    }
}
