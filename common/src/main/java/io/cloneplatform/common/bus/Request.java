package io.cloneplatform.common.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import java.util.Map;

/**
 * The one request envelope of the bus. It crosses by reference inside a JVM, so it is never changed.
 *
 * @param operation the bus address of the operation
 * @param caller who asks
 * @param params path and query parameters by name, as text that the document's schema has accepted; where the document
 *     offers an answer in several media types, also {@link #ACCEPT}
 * @param body the JSON object of the body; null when the operation takes none
 * @param idempotencyKey the client's key, or null
 * @param deadlineMs epoch milliseconds after which nobody waits for the answer
 * @param trace ids for logs and errors
 */
public record Request(
        String operation,
        Caller caller,
        Map<String, String> params,
        JsonNode body,
        String idempotencyKey,
        long deadlineMs,
        Trace trace) {

    /** The parameter that says which of the documented media types the client prefers; never taken from the query. */
    public static final String ACCEPT = "accept";

    /** Milliseconds until nobody waits for the answer any more; at least one. */
    public long remainingMs() {
        return Math.max(1, deadlineMs - System.currentTimeMillis());
    }

    /** A parameter, or null when it was not given. */
    public String param(String name) {
        return params.get(name);
    }

    /** A parameter, or the default when it was not given. */
    public String param(String name, String orElse) {
        return params.getOrDefault(name, orElse);
    }

    /** An integer parameter, or the default when it was not given. */
    public int param(String name, int orElse) {
        String text = params.get(name);
        try {
            return text == null ? orElse : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new BadParam(name);
        }
    }

    /**
     * Binds the body to the use case's own record.
     *
     * @throws BadBody when it does not fit, which the consumer answers as 400
     */
    public <T> T body(Class<T> type) {
        try {
            return Json.MAPPER.treeToValue(body == null ? Json.object() : body, type);
        } catch (JsonProcessingException | ArithmeticException e) {
            throw new BadBody(e);
        }
    }

    /** A body that passed the document's schema and still does not fit its record. */
    public static final class BadBody extends RuntimeException {
        BadBody(Throwable cause) {
            super(cause);
        }
    }

    /** A parameter that passed the document's schema and still cannot be used. */
    public static final class BadParam extends RuntimeException {
        private final String field;

        /** Names the parameter. */
        public BadParam(String field) {
            super(field);
            this.field = field;
        }

        /** The parameter's name. */
        public String field() {
            return field;
        }
    }
}
