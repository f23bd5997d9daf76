package io.cloneplatform.auth.token;

import java.util.List;
import java.util.UUID;

/**
 * Whom a session and its tokens stand for.
 *
 * @param kind {@code member} or {@code admin}
 * @param name the name to show, or null
 * @param permissions an admin's permissions, {@code *} for all of them; empty for members
 */
public record Subject(UUID id, String kind, String name, List<String> permissions) {
    /** The kind of members. */
    public static final String MEMBER = "member";

    /** The kind of admins. */
    public static final String ADMIN = "admin";

    public Subject {
        permissions = List.copyOf(permissions);
    }

    /** A member. */
    public static Subject member(UUID id, String name) {
        return new Subject(id, MEMBER, name, List.of());
    }

    /** An admin. */
    public static Subject admin(UUID id, String name, List<String> permissions) {
        return new Subject(id, ADMIN, name, permissions);
    }
}
