package io.cloneplatform.support.ticket;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.support.page.ClientId;
import io.cloneplatform.support.page.Documents;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Optional;

/** Support looks at everybody's tickets and moves them on. */
public final class TicketDesk {
    private final TicketStore store;
    private final TicketLists lists;

    public TicketDesk(TicketStore store, TicketLists lists) {
        this.store = store;
        this.lists = lists;
    }

    /** The body of a change of state. */
    record Body(TicketStatus status) {}

    /** The tickets of all members, by state and priority. */
    public Future<Reply> list(Request request) {
        return lists.all(request, TicketStatus.filter(request), TicketPriority.filter(request))
                .map(Reply::ok);
    }

    /** Puts a ticket into a state; one that it has already stays as it is. */
    public Future<Reply> setStatus(SqlConnection tx, Request request) {
        TicketStatus target = request.body(Body.class).status();
        if (target == null) {
            return Future.succeededFuture(Reply.invalid("status", "is required"));
        }
        Optional<String> id = ClientId.of(request);
        if (id.isEmpty()) {
            return Future.succeededFuture(Reply.notFound("Ticket"));
        }
        TicketEvent event = TicketEvent.setting(target);
        return store.move(tx, id.get(), event, Instant.now())
                .compose(done -> done.map(doc -> Future.succeededFuture(moved(doc, target)))
                        .orElseGet(() -> store.refusal(tx, id.get(), null, event)));
    }

    private static Reply moved(String doc, TicketStatus target) {
        return Reply.ok(Documents.one("ticket", doc).put("message", "Ticket is now " + target.text() + "."));
    }
}
