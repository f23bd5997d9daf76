package io.cloneplatform.auth.accounts;

import io.cloneplatform.auth.AdminAccount;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import java.util.List;
import java.util.Optional;

/**
 * How far an admin reaches who manages accounts: they grant nothing that they may not do themselves, have no power over
 * an account that may do more than theirs, and do not lock themselves out.
 */
public record Reach(Caller caller) {
    private static final String EVERYTHING = "*";
    private static final String MANAGE = "accounts.manage";

    /** Why these permissions cannot be granted; empty when they can. */
    Optional<Reply> grant(List<String> permissions) {
        return covers(permissions)
                ? Optional.empty()
                : Optional.of(
                        Reply.refuse(ErrorCode.FORBIDDEN, "You can only grant permissions that you have yourself"));
    }

    /** Why nothing can be done with the account; empty when something can. */
    public Optional<Reply> over(AdminAccount account) {
        return covers(account.superAdmin() ? List.of(EVERYTHING) : account.permissions())
                ? Optional.empty()
                : Optional.of(Reply.refuse(ErrorCode.FORBIDDEN, "This account may do more than yours"));
    }

    /** Why the account cannot get these permissions, which may be null to leave them; empty when it can. */
    Optional<Reply> change(AdminAccount account, List<String> permissions) {
        boolean losesOwn =
                permissions != null && isOwn(account) && !account.superAdmin() && !permissions.contains(MANAGE);
        return over(account)
                .or(() -> permissions == null ? Optional.empty() : grant(permissions))
                .or(() -> losesOwn ? lockedOut("You cannot take " + MANAGE + " from yourself") : Optional.empty());
    }

    /** Why the account cannot be revoked; empty when it can. */
    Optional<Reply> revoke(AdminAccount account) {
        return over(account)
                .or(() -> isOwn(account) ? lockedOut("You cannot revoke your own account") : Optional.empty());
    }

    private static Optional<Reply> lockedOut(String why) {
        return Optional.of(Reply.refuse(ErrorCode.WRONG_STATE, why));
    }

    private boolean covers(List<String> permissions) {
        return caller.permissions().contains(EVERYTHING) || caller.permissions().containsAll(permissions);
    }

    private boolean isOwn(AdminAccount account) {
        return account.id().toString().equals(caller.id());
    }
}
