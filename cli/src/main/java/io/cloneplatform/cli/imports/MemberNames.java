package io.cloneplatform.cli.imports;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How members are called now; nobody has a name in a dry run, which writes nothing that needs one. */
final class MemberNames {
    private static final String FIND = "SELECT id, name, email FROM member WHERE id = ANY (?::uuid[])";

    private final Map<UUID, String> names = new HashMap<>();
    private final Map<UUID, String> emails = new HashMap<>();

    /** The names of those of the records' owners who are members. */
    static MemberNames ofOwners(Sql sql, List<LegacyRecord> records, MemberIndex index) {
        return of(
                sql,
                records.stream().map(LegacyRecord::owner).filter(index::has).toList());
    }

    private static MemberNames of(Sql sql, Collection<String> ids) {
        MemberNames found = new MemberNames();
        sql.query(
                FIND,
                row -> {
                    found.names.put(row.getObject(1, UUID.class), row.getString(2));
                    found.emails.put(row.getObject(1, UUID.class), row.getString(3));
                },
                ids.stream().distinct().toList());
        return found;
    }

    /** Whether this is a member here. */
    boolean has(UUID id) {
        return names.containsKey(id);
    }

    String name(UUID id) {
        return names.getOrDefault(id, "");
    }

    String email(UUID id) {
        return emails.getOrDefault(id, "");
    }
}
