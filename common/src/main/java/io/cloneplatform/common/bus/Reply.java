package io.cloneplatform.common.bus;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.cloneplatform.common.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The one reply envelope of the bus: an answer, encoded once, or a refusal with its code. Never an exception. */
public sealed interface Reply {
    /** Whether this is the stored first answer to an idempotency key. */
    boolean replayed();

    /** The same reply, marked as replayed. */
    Reply asReplay();

    /**
     * The operation did what was asked.
     *
     * @param body the whole answer; not to be changed
     * @param file what the answer is when it is not JSON; empty for JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy of every answer would cost for nothing
    record Done(byte[] body, boolean replayed, Optional<File> file) implements Reply {
        /** A JSON answer. */
        public Done(byte[] body, boolean replayed) {
            this(body, replayed, Optional.empty());
        }

        @Override
        public Done asReplay() {
            return new Done(body, true, file);
        }
    }

    /**
     * What a client has to know about an answer that is a file.
     *
     * @param mediaType its type with parameters, as in {@code text/csv; charset=utf-8}
     * @param name the name to save it under: letters, digits, dots and dashes alone
     * @param nextCursor the cursor with which the same request goes on, or null when this is the end
     */
    record File(String mediaType, String name, String nextCursor) {}

    /**
     * The operation was refused and, unless it says otherwise, changed nothing.
     *
     * @param message one sentence for people
     * @param errors what is wrong with which field; empty unless the input was at fault
     * @param kept whether what the operation wrote stays, such as a count of wrong passwords
     */
    record Refused(ErrorCode code, String message, List<FieldError> errors, boolean replayed, @JsonIgnore boolean kept)
            implements Reply {
        /** A refusal of what changed nothing. */
        public Refused(ErrorCode code, String message, List<FieldError> errors, boolean replayed) {
            this(code, message, errors, replayed, false);
        }

        /** The same refusal of an operation whose writes stay. */
        public Refused keeping() {
            return new Refused(code, message, errors, replayed, true);
        }

        /** Whether the reason is ours and not the request's. */
        public boolean failed() {
            return code.status() >= 500;
        }

        @Override
        public Refused asReplay() {
            return new Refused(code, message, errors, true, kept);
        }
    }

    /** Answers a record or an object node, with {@code "success": true} put first. */
    static Reply ok(Object answer) {
        return okJson(Json.bytes(answer));
    }

    /** Answers the text of a JSON object, with {@code "success": true} put first. */
    static Reply okJson(String object) {
        return okJson(object.getBytes(StandardCharsets.UTF_8));
    }

    private static Reply okJson(byte[] object) {
        String head = object.length == 2 ? "{\"success\":true" : "{\"success\":true,";
        byte[] prefix = head.getBytes(StandardCharsets.US_ASCII);
        byte[] body = new byte[prefix.length + object.length - 1];
        System.arraycopy(prefix, 0, body, 0, prefix.length);
        System.arraycopy(object, 1, body, prefix.length, object.length - 1);
        return new Done(body, false);
    }

    /** Answers a file. The operation's entry in the document lists its media type beside JSON. */
    static Reply file(File file, byte[] content) {
        return new Done(content, false, Optional.of(file));
    }

    /** Refuses with one sentence. */
    static Reply refuse(ErrorCode code, String message) {
        return new Refused(code, message, List.of(), false);
    }

    /** Refuses with one sentence what has written something that stays: a count of attempts, a record of them. */
    static Reply refuseKeeping(ErrorCode code, String message) {
        return new Refused(code, message, List.of(), false).keeping();
    }

    /** Refuses because of one field of the request. */
    static Reply invalid(String field, String message) {
        return new Refused(
                ErrorCode.VALIDATION_FAILED, field + " " + message, List.of(new FieldError(field, message)), false);
    }

    /** Refuses because a thing that the request names does not exist. */
    static Reply notFound(String what) {
        return refuse(ErrorCode.NOT_FOUND, what + " not found");
    }
}
