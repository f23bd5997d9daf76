package io.cloneplatform.auth.users;

import io.cloneplatform.auth.Rows;
import io.cloneplatform.auth.profile.Profile;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Lists members, newest first, and counts them without looking at each. Deleted members are not there. */
final class UserLists {
    /** How many that match a search are counted at most. */
    static final int COUNTED = 1_000;

    // The documents are read one by one in the order of an index, no further than the page. Of what the platform
    // keeps no list the document tells: who is not frozen.
    private static final String DOCUMENTS =
            """
            CROSS JOIN LATERAL (SELECT * FROM kv_store_44a642d3 d WHERE d.key = m.key LIMIT 1) u
            WHERE ($1::boolean IS NULL OR coalesce(u.value -> 'accountFrozen' = 'true', false) = $1)
              AND ($2::text IS NULL OR u.value ->> 'vipTier' = $2)
            """;
    private static final String PAGE = " LIMIT $3::integer OFFSET $4::integer";
    private static final String BY_AGE = " ORDER BY m.created_at DESC, m.id DESC" + PAGE;

    static final String ALL =
            """
            SELECT u.value::text AS doc, m.created_at, m.id
            FROM (SELECT created_at, id, 'user:' || id AS key FROM member
                  WHERE deleted_at IS NULL
                    AND (created_at, id) < (coalesce($5::timestamptz, 'infinity'), coalesce($6::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))) m
            """
                    + DOCUMENTS + BY_AGE;
    static final String LISTED =
            """
            SELECT u.value::text AS doc, m.at::timestamptz AS created_at, right(m.key, 36)::uuid AS id
            FROM (SELECT at, key FROM platform_list
                  WHERE list = $7 AND (at, key) < (
                    coalesce(to_char($5::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '~'),
                    'user:' || coalesce($6::uuid::text, ''))) m
            """
                    + DOCUMENTS + " ORDER BY m.at DESC, m.key DESC" + PAGE;
    static final String FOUND =
            """
            SELECT u.value::text AS doc, m.created_at, m.id
            FROM (SELECT created_at, id, 'user:' || id AS key
                  FROM member_search($7, $1, $2, $5::timestamptz, $6::uuid, $3::integer + $4::integer)) m
            """
                    + DOCUMENTS + BY_AGE;

    private static final String COUNT_ALL =
            """
            SELECT coalesce(sum(number), 0)::bigint AS total FROM platform_count
            WHERE name LIKE 'member %' AND ($1::boolean IS NULL OR (name LIKE '% frozen') = $1)
              AND ($2::text IS NULL OR split_part(name, ' ', 2) = $2)
            """;
    private static final String COUNT_FOUND =
            "SELECT count(*) AS total FROM member_search($3, $1, $2, NULL, NULL, $4::integer)";

    record Listed(MemberRow member, UserPosition position) {}

    Future<List<Listed>> page(SqlClient client, UserFilter filter, Page page) {
        UserPosition after = UserPosition.parse(page.after());
        Tuple values = Tuple.of(filter.frozen(), filter.tier(), page.fetch(), page.offset());
        values.addValue(after.createdAt()).addValue(after.id());
        return client.preparedQuery(query(filter, values))
                .mapping(UserLists::listed)
                .execute(values)
                .map(Rows::list);
    }

    private static String query(UserFilter filter, Tuple values) {
        if (filter.search() != null) {
            values.addString(filter.search());
            return FOUND;
        }
        if (filter.list() != null) {
            values.addString(filter.list());
            return LISTED;
        }
        return ALL;
    }

    private static Listed listed(Row row) {
        Profile profile = Json.read(row.getString("doc"), Profile.class);
        return new Listed(
                MemberRow.of(profile), new UserPosition(row.getOffsetDateTime("created_at"), row.getUUID("id")));
    }

    /** How many match; of those that a search finds {@link #COUNTED} at most. */
    Future<Long> count(SqlClient client, UserFilter filter) {
        Tuple values = Tuple.of(filter.frozen(), filter.tier());
        if (filter.search() != null) {
            values.addString(filter.search()).addInteger(COUNTED);
        }
        return client.preparedQuery(filter.search() == null ? COUNT_ALL : COUNT_FOUND)
                .execute(values)
                .map(rows -> rows.iterator().next().getLong("total"));
    }
}
