package io.cloneplatform.support.ticket;

import com.fasterxml.jackson.annotation.JsonValue;
import io.cloneplatform.common.bus.Request;
import java.util.Locale;
import java.util.stream.Stream;

/** How urgent a member says a ticket is. */
enum TicketPriority {
    LOW,
    NORMAL,
    HIGH,
    URGENT;

    /** The priority as it is stored and sent. */
    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the filter of a list; null when the request has none. */
    static TicketPriority filter(Request request) {
        String wanted = request.param("priority");
        return wanted == null
                ? null
                : Stream.of(values())
                        .filter(priority -> priority.text().equals(wanted))
                        .findFirst()
                        .orElseThrow(() -> new Request.BadParam("priority"));
    }
}
