package io.cloneplatform.auth.users;

import io.cloneplatform.common.bus.Request;

/**
 * Which members a list is about; null means any.
 *
 * @param search in name, username or e-mail address
 */
record UserFilter(String search, Boolean frozen, String tier) {
    static UserFilter of(Request request) {
        return new UserFilter(text(request.param("search")), flag(request.param("frozen")), request.param("tier"));
    }

    private static String text(String search) {
        return search == null || search.isBlank() ? null : search.strip();
    }

    private static Boolean flag(String text) {
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Request.BadParam("frozen");
        };
    }

    /** The shortest list that the platform keeps of those who are wanted; null when it keeps none. */
    String list() {
        if (Boolean.TRUE.equals(frozen)) {
            return tier == null ? "frozen" : "frozen " + tier;
        }
        return tier == null ? null : "member " + tier;
    }
}
