package io.cloneplatform.support.ticket;

import static io.cloneplatform.support.ticket.TicketStatus.CLOSED;
import static io.cloneplatform.support.ticket.TicketStatus.IN_PROGRESS;
import static io.cloneplatform.support.ticket.TicketStatus.OPEN;
import static io.cloneplatform.support.ticket.TicketStatus.RESOLVED;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import java.util.Map;
import java.util.Optional;

/**
 * What happens to tickets: each event with the states in which it may happen and the state it leads to. A closed ticket
 * takes no replies, and only reopening leads out of it.
 */
enum TicketEvent {
    MEMBER_REPLIES(Map.of(OPEN, OPEN, IN_PROGRESS, IN_PROGRESS, RESOLVED, OPEN)),
    SUPPORT_REPLIES(Map.of(OPEN, IN_PROGRESS, IN_PROGRESS, IN_PROGRESS, RESOLVED, RESOLVED)),
    REOPEN(Map.of(OPEN, OPEN, IN_PROGRESS, OPEN, RESOLVED, OPEN, CLOSED, OPEN)),
    START(Map.of(OPEN, IN_PROGRESS, IN_PROGRESS, IN_PROGRESS, RESOLVED, IN_PROGRESS)),
    RESOLVE(Map.of(OPEN, RESOLVED, IN_PROGRESS, RESOLVED, RESOLVED, RESOLVED)),
    CLOSE(Map.of(OPEN, CLOSED, IN_PROGRESS, CLOSED, RESOLVED, CLOSED, CLOSED, CLOSED));

    @SuppressWarnings("ImmutableEnumChecker") // Map.of makes maps that nobody can change
    private final Map<TicketStatus, TicketStatus> edges;

    TicketEvent(Map<TicketStatus, TicketStatus> edges) {
        this.edges = edges;
    }

    /** The event by which an admin puts a ticket into a state. */
    static TicketEvent setting(TicketStatus target) {
        return switch (target) {
            case OPEN -> REOPEN;
            case IN_PROGRESS -> START;
            case RESOLVED -> RESOLVE;
            case CLOSED -> CLOSE;
        };
    }

    /** The state after the event, or empty when it cannot happen in this one. */
    Optional<TicketStatus> from(TicketStatus status) {
        return Optional.ofNullable(edges.get(status));
    }

    /** The edges as a JSON object from state to state, by which one statement checks and moves. */
    String json() {
        ObjectNode object = Json.object();
        edges.forEach((from, to) -> object.put(from.text(), to.text()));
        return object.toString();
    }
}
