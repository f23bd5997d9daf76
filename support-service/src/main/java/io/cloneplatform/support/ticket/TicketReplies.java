package io.cloneplatform.support.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.support.page.ClientId;
import io.cloneplatform.support.page.Documents;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Optional;

/** Both sides reply to a ticket. */
public final class TicketReplies {
    private final TicketStore store;

    public TicketReplies(TicketStore store) {
        this.store = store;
    }

    /** The body of a reply. */
    record Body(String message) {}

    /** The member who owns the ticket replies, which reopens a resolved one. */
    public Future<Reply> byMember(SqlConnection tx, Request request) {
        return reply(tx, request, request.caller().id(), "user", TicketEvent.MEMBER_REPLIES);
    }

    /** Support replies, which puts an open ticket in progress. */
    public Future<Reply> bySupport(SqlConnection tx, Request request) {
        return reply(tx, request, null, "support", TicketEvent.SUPPORT_REPLIES);
    }

    private Future<Reply> reply(SqlConnection tx, Request request, String owner, String author, TicketEvent event) {
        String message = request.body(Body.class).message();
        if (message == null || message.isBlank()) {
            return Future.succeededFuture(Reply.invalid("message", "is required"));
        }
        Optional<String> id = ClientId.of(request);
        if (id.isEmpty()) {
            return Future.succeededFuture(Reply.notFound("Ticket"));
        }
        Instant now = Instant.now();
        Ticket.Reply reply = Ticket.Reply.of(request.caller(), author, message, now);
        return store.append(tx, id.get(), owner, event, reply, now)
                .compose(done -> done.map(row -> Future.succeededFuture(replied(row)))
                        .orElseGet(() -> store.refusal(tx, id.get(), owner, event)));
    }

    private static Reply replied(Row row) {
        ObjectNode answer = Documents.one("ticket", row.getString("doc")).put("message", "Reply added.");
        answer.putRawValue("reply", new RawValue(row.getString("reply")));
        return Reply.ok(answer);
    }
}
