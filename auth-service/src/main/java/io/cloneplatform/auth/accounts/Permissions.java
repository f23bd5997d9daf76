package io.cloneplatform.auth.accounts;

import io.cloneplatform.common.bus.Reply;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything an admin can be permitted to do. */
final class Permissions {
    private static final Set<String> ALL = Set.of(
            "users.view",
            "users.freeze",
            "users.tier",
            "users.balance",
            "users.delete",
            "premium.view",
            "premium.manage",
            "withdrawals.view",
            "withdrawals.manage",
            "submissions.manage",
            "support.manage",
            "metrics.view",
            "accounts.manage",
            "audit.view",
            "ledger.view",
            "ledger.fund");

    private Permissions() {}

    /** Why a list cannot be granted; empty when it can. */
    static Optional<Reply> refusal(List<String> permissions) {
        return !permissions.isEmpty() && ALL.containsAll(permissions)
                ? Optional.empty()
                : Optional.of(Reply.invalid("permissions", "must name at least one permission, and only known ones"));
    }
}
