package io.cloneplatform.support.ticket;

import com.fasterxml.jackson.annotation.JsonValue;
import io.cloneplatform.common.bus.Request;
import java.util.stream.Stream;

/** The states of a ticket; {@link TicketEvent} says how one leads to another. */
enum TicketStatus {
    OPEN("open"),
    IN_PROGRESS("in-progress"),
    RESOLVED("resolved"),
    CLOSED("closed");

    private final String text;

    TicketStatus(String text) {
        this.text = text;
    }

    /** The state as it is stored and sent. */
    @JsonValue
    String text() {
        return text;
    }

    /** Whether somebody is waiting for support. */
    boolean waiting() {
        return this == OPEN || this == IN_PROGRESS;
    }

    /** Reads the filter of a list; null when the request has none. */
    static TicketStatus filter(Request request) {
        String wanted = request.param("status");
        return wanted == null
                ? null
                : Stream.of(values())
                        .filter(status -> status.text.equals(wanted))
                        .findFirst()
                        .orElseThrow(() -> new Request.BadParam("status"));
    }
}
