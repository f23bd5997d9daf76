package io.cloneplatform.auth.users;

import io.cloneplatform.common.bus.Request;
import io.vertx.sqlclient.Tuple;

/**
 * Which members a list is about; null means any.
 *
 * @param like an ILIKE pattern for name, username and e-mail address
 */
record UserFilter(String like, Boolean frozen, String tier) {
    static UserFilter of(Request request) {
        return new UserFilter(like(request.param("search")), flag(request.param("frozen")), request.param("tier"));
    }

    private static String like(String search) {
        if (search == null || search.isBlank()) {
            return null;
        }
        String literal =
                search.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return "%" + literal + "%";
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

    /** Whether the member rows alone, without their documents, can tell who matches. */
    boolean isAboutRows() {
        return tier == null;
    }

    /** Whether every member matches. */
    boolean isEmpty() {
        return like == null && frozen == null && tier == null;
    }

    /**
     * The conditions on member row {@code m} and document {@code u}; their values are added to the tuple. Only what was
     * asked for is in the text, so that the common questions get plans of their own.
     */
    String conditions(Tuple values) {
        StringBuilder sql = new StringBuilder("m.deleted_at IS NULL");
        if (like != null) {
            String pattern = add(values, like);
            sql.append(" AND (m.email ILIKE ").append(pattern);
            sql.append(" OR m.username ILIKE ").append(pattern);
            sql.append(" OR m.name ILIKE ").append(pattern).append(')');
        }
        if (frozen != null) {
            sql.append(frozen ? " AND " : " AND NOT ")
                    .append("EXISTS (SELECT FROM platform_frozen f WHERE f.key = 'user:' || m.id)");
        }
        if (tier != null) {
            sql.append(" AND u.value ->> 'vipTier' = ").append(add(values, tier));
        }
        return sql.toString();
    }

    /** Adds a value; gives its place in the statement. */
    static String add(Tuple values, Object value) {
        values.addValue(value);
        return "$" + values.size();
    }
}
