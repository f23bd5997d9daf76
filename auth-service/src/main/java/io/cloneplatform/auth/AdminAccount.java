package io.cloneplatform.auth;

import io.cloneplatform.auth.token.Subject;
import java.util.List;
import java.util.UUID;

/**
 * An admin's account: the document {@code admin:<id>} and the answer alike.
 *
 * @param email or null
 * @param name or null
 * @param superAdmin whether every permission is theirs, whatever the list says
 * @param status {@code active} or {@code revoked}
 * @param secondFactor whether signing in asks for a code
 * @param mustEnrol whether they may do nothing but make a second factor
 */
public record AdminAccount(
        UUID id,
        String username,
        String email,
        String name,
        List<String> permissions,
        boolean superAdmin,
        String status,
        String createdAt,
        boolean secondFactor,
        boolean mustEnrol) {

    public AdminAccount {
        permissions = permissions == null ? List.of() : List.copyOf(permissions);
    }

    /** Whom this admin's sessions stand for. */
    public Subject subject() {
        return Subject.admin(id, name == null ? username : name, granted());
    }

    private List<String> granted() {
        if (mustEnrol) {
            return List.of();
        }
        return superAdmin ? List.of("*") : permissions;
    }
}
