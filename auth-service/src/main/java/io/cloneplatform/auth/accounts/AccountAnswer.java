package io.cloneplatform.auth.accounts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cloneplatform.auth.AdminAccount;
import io.cloneplatform.common.bus.Reply;

/** An admin's account, with a sentence where one helps. */
record AccountAnswer(AdminAccount account, @JsonInclude(JsonInclude.Include.NON_NULL) String message) {
    static Reply of(AdminAccount account) {
        return Reply.ok(new AccountAnswer(account, null));
    }

    static Reply of(AdminAccount account, String message) {
        return Reply.ok(new AccountAnswer(account, message));
    }

    static Reply notFound() {
        return Reply.notFound("Account");
    }
}
