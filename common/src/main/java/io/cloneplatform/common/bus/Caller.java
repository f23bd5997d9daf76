package io.cloneplatform.common.bus;

import java.util.Set;

/**
 * Who makes a request, as the gateway established it.
 *
 * @param kind public, member or admin
 * @param id the member's or admin's id; {@code admin-key} for the configured key; null for the public
 * @param name the name to show; null for the public
 * @param sessionId the session of the access token, or null
 * @param permissions an admin's permissions; empty for others
 * @param ip the address the request came from
 */
public record Caller(Kind kind, String id, String name, String sessionId, Set<String> permissions, String ip) {
    /** The id under which the configured admin key acts. */
    public static final String ADMIN_KEY_ID = "admin-key";

    /** Kinds of callers. */
    public enum Kind {
        PUBLIC,
        MEMBER,
        ADMIN
    }

    public Caller {
        permissions = Set.copyOf(permissions);
    }

    /** An unauthenticated caller. */
    public static Caller anonymous(String ip) {
        return new Caller(Kind.PUBLIC, null, null, null, Set.of(), ip);
    }

    /** Whether an admin acts. */
    public boolean isAdmin() {
        return kind == Kind.ADMIN;
    }
}
