package io.cloneplatform.gateway.validate;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.FieldError;
import io.cloneplatform.common.bus.Reply;
import java.util.List;

/** Input that is refused before it reaches a service, with every field that is wrong. */
public final class BadInput extends Exception {
    // The longest name that is repeated to whoever sent it.
    private static final int MAX_NAME = 100;

    private final transient Reply.Refused refusal;

    private BadInput(Reply.Refused refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    /** Refuses for fields that break the document's rules. */
    public static BadInput fields(List<FieldError> errors) {
        FieldError first = errors.get(0);
        return of(ErrorCode.VALIDATION_FAILED, first.field() + " " + first.message(), errors);
    }

    /** Refuses for one field. */
    public static BadInput field(String field, String message) {
        return fields(List.of(new FieldError(brief(field), message)));
    }

    /** Refuses a body that cannot be read at all. */
    public static BadInput body(String message) {
        return of(ErrorCode.BODY_MALFORMED, "The body " + message, List.of(new FieldError("body", message)));
    }

    /** Refuses a body for one field that cannot be read at all. */
    static BadInput unreadable(String field, String message) {
        String name = brief(field);
        return of(ErrorCode.BODY_MALFORMED, name + " " + message, List.of(new FieldError(name, message)));
    }

    // An empty name names nothing.
    private static String brief(String field) {
        if (field.isEmpty()) {
            return "body";
        }
        return field.length() <= MAX_NAME ? field : field.substring(0, MAX_NAME) + "…";
    }

    private static BadInput of(ErrorCode code, String message, List<FieldError> errors) {
        return new BadInput(new Reply.Refused(code, message, errors, false));
    }

    /** The refusal to answer. */
    public Reply.Refused refusal() {
        return refusal;
    }
}
