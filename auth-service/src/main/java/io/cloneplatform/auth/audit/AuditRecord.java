package io.cloneplatform.auth.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What was done, by whom, to whom: a document {@code audit:<id>} as admins see it.
 *
 * @param event what happened, when that is no operation of an admin
 * @param userId the member or admin whom it concerns, or null
 * @param details what was asked for, without secrets
 * @param changes the documents that were changed, with the fields that were, before and after
 */
record AuditRecord(
        String id,
        String at,
        String actorId,
        String actorName,
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) String operation,
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) String event,
        String userId,
        JsonNode details,
        List<Change> changes,
        String ip,
        String requestId) {

    /**
     * One changed document.
     *
     * @param document its key
     * @param before the changed fields as they were; null when it was not there
     * @param after the changed fields as they are; null when it is gone
     */
    record Change(String document, JsonNode before, JsonNode after) {}

    AuditRecord {
        changes = changes == null ? List.of() : List.copyOf(changes);
    }

    /** The event, or else the operation. */
    @JsonProperty
    String action() {
        return event == null ? operation : event;
    }

    /** {@code done}, or {@code refused}. */
    @JsonProperty
    String result() {
        String result = text("result");
        return result == null ? "done" : result;
    }

    /** Why, in the words of who did it; null when nothing was said. */
    @JsonProperty
    String reason() {
        String reason = text("reason");
        return reason == null ? text("denialReason") : reason;
    }

    private String text(String field) {
        return details == null ? null : details.path(field).textValue();
    }
}
