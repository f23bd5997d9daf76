package io.cloneplatform.auth;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.FieldError;
import io.cloneplatform.common.bus.Reply;
import java.util.List;

/** What of an account's names somebody else already has. */
public enum Taken {
    EMAIL(ErrorCode.EMAIL_TAKEN, "email", "This e-mail address is already registered"),
    USERNAME(ErrorCode.USERNAME_TAKEN, "username", "This username is already taken");

    private final ErrorCode code;
    private final String field;
    private final String sentence;

    Taken(ErrorCode code, String field, String sentence) {
        this.code = code;
        this.field = field;
        this.sentence = sentence;
    }

    /** The refusal that says so. */
    public Reply refusal() {
        return new Reply.Refused(code, sentence, List.of(new FieldError(field, "is already taken")), false);
    }
}
