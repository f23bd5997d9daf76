package io.cloneplatform.auth.profile;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Json;

/** The profile, and the same fields at the top level: documents and code of the predecessor disagree. */
record ProfileAnswer(Profile profile, @JsonUnwrapped Profile fields) {
    /** Answers the document of a member. */
    static Reply of(String document) {
        Profile profile = Json.read(document, Profile.class);
        return Reply.ok(new ProfileAnswer(profile, profile));
    }

    /** Refuses a caller whose token outlived the account. */
    static Reply gone() {
        return Reply.refuse(ErrorCode.UNAUTHENTICATED, "This account does not exist any more");
    }
}
