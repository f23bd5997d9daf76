package io.cloneplatform.auth.users;

import io.cloneplatform.auth.profile.Profile;
import io.cloneplatform.common.json.Money;
import java.util.UUID;

/** One member in the list that admins see. */
record MemberRow(
        UUID id,
        String email,
        String username,
        String name,
        String vipTier,
        Money balance,
        int productsSubmitted,
        boolean accountFrozen,
        Money freezeAmount,
        String createdAt) {

    static MemberRow of(Profile profile) {
        return new MemberRow(
                profile.id(),
                profile.email(),
                profile.username(),
                profile.name(),
                profile.vipTier(),
                profile.balance(),
                profile.productsSubmitted(),
                profile.accountFrozen(),
                profile.freezeAmount(),
                profile.createdAt());
    }
}
