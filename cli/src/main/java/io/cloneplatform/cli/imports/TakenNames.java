package io.cloneplatform.cli.imports;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Which names members of the platform hold already, those of the dump included where they were imported before. */
final class TakenNames {
    private static final String FIND =
            """
            SELECT 'email:' || wanted AS name, id FROM unnest(?::text[]) AS w (wanted) JOIN member ON email_key = lower(wanted)
            UNION ALL
            SELECT 'username:' || username_key, id FROM member WHERE username_key = ANY (?::text[])
            UNION ALL
            SELECT key, user_id::uuid FROM kv_store_44a642d3
            WHERE key IN (SELECT 'invitecode:' || code FROM unnest(?::text[]) AS c (code))
            """;

    private final Map<String, UUID> holders = new HashMap<>();

    private TakenNames() {}

    /** Looks names up; usernames in lower case. */
    static TakenNames among(
            Sql sql, Collection<String> emails, Collection<String> usernames, Collection<String> codes) {
        TakenNames taken = new TakenNames();
        sql.query(
                FIND,
                row -> taken.holders.put(row.getString(1), row.getObject(2, UUID.class)),
                emails,
                usernames,
                codes);
        return taken;
    }

    boolean isEmailFree(String email, UUID member) {
        return isFree("email:" + email, member);
    }

    boolean isUsernameFree(String username, UUID member) {
        return isFree("username:" + username.toLowerCase(Locale.ROOT), member);
    }

    boolean isCodeFree(String code, UUID member) {
        return isFree("invitecode:" + code, member);
    }

    private boolean isFree(String name, UUID member) {
        return holders.getOrDefault(name, member).equals(member);
    }
}
