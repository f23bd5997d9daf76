package io.cloneplatform.auth.activity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** An audit record about a member, as it is stored. */
record Recorded(
        String id,
        String at,
        String actorId,
        String operation,
        String event,
        String ip,
        JsonNode details,
        List<Changed> changes) {

    /** A document that was changed, with the changed fields before and after. */
    record Changed(String document, JsonNode before, JsonNode after) {}

    Recorded {
        changes = changes == null ? List.of() : List.copyOf(changes);
    }

    String action() {
        return event == null ? operation : event;
    }

    /** A text of the details; null when it is not there. */
    String detail(String field) {
        return details == null ? null : details.path(field).textValue();
    }
}
