package io.cloneplatform.support.ticket;

import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.kv.Instants;
import java.time.Instant;
import java.util.List;

/** A new ticket's document; the store adds the member's e-mail address. */
record Ticket(
        String id,
        String userId,
        String userName,
        String subject,
        String category,
        String message,
        String description,
        TicketPriority priority,
        TicketStatus status,
        String createdAt,
        String updatedAt,
        int replyCount,
        List<Reply> replies) {

    /** A reply inside a ticket's document. */
    record Reply(String id, String userId, String userName, String author, String message, String createdAt) {
        static Reply of(Caller caller, String author, String message, Instant at) {
            return new Reply(Ids.next().toString(), caller.id(), caller.name(), author, message, Instants.iso(at));
        }
    }

    static Ticket open(Caller caller, NewTicket asked, Instant at) {
        String now = Instants.iso(at);
        String text = asked.text();
        return new Ticket(
                Ids.next().toString(),
                caller.id(),
                caller.name(),
                asked.subject().strip(),
                asked.categoryOrDefault(),
                text,
                text,
                asked.priority() == null ? TicketPriority.NORMAL : asked.priority(),
                TicketStatus.OPEN,
                now,
                now,
                0,
                List.of());
    }
}
