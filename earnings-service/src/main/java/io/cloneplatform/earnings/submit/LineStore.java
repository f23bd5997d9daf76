package io.cloneplatform.earnings.submit;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads referral lines. An ancestor who has left is not there: the platform keeps that share. */
public final class LineStore {
    // Each look-up is limited to the one row that its key has: with many members the planner must not join whole
    // tables.
    private static final String FIND =
            """
            SELECT m.id, m.email, m.name, m.parent_id, u.assignment,
                   l1.id AS id_1, l1.name AS name_1, l2.id AS id_2, l2.name AS name_2, l3.id AS id_3, l3.name AS name_3
            FROM unnest($1::uuid[]) AS wanted (id)
            CROSS JOIN LATERAL (SELECT * FROM member m WHERE m.id = wanted.id AND m.deleted_at IS NULL LIMIT 1) m
            LEFT JOIN LATERAL (SELECT * FROM member l WHERE l.id = m.parent_id AND l.deleted_at IS NULL LIMIT 1) l1 ON true
            LEFT JOIN LATERAL (SELECT * FROM member l WHERE l.id = m.grandparent_id AND l.deleted_at IS NULL LIMIT 1) l2 ON true
            LEFT JOIN LATERAL (SELECT * FROM member l WHERE l.id = m.great_grandparent_id AND l.deleted_at IS NULL LIMIT 1) l3 ON true
            LEFT JOIN LATERAL (SELECT (u.value -> 'premiumAssignment')::text AS assignment FROM kv_store_44a642d3 u
                               WHERE $2::boolean AND u.key = 'user:' || m.id LIMIT 1) u ON true
            """;

    /** The line of a member with the open premium assignment; empty when there is no such member. */
    public Future<Optional<Line>> find(SqlClient client, UUID member) {
        return find(client, List.of(member), true).map(found -> Optional.ofNullable(found.get(member)));
    }

    /** The lines of those members who are there, without their assignments. */
    Future<Map<UUID, Line>> findAll(SqlClient client, List<UUID> members) {
        return find(client, members, false);
    }

    private static Future<Map<UUID, Line>> find(SqlClient client, List<UUID> members, boolean assignments) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(members.toArray(UUID[]::new), assignments))
                .map(rows -> rows.stream().map(LineStore::line).collect(Collectors.toMap(Line::id, line -> line)));
    }

    private static Line line(Row row) {
        List<Line.Ancestor> ancestors = IntStream.rangeClosed(1, 3)
                .boxed()
                .flatMap(level -> ancestor(row, level))
                .toList();
        return new Line(
                row.getUUID("id"),
                row.getString("email"),
                row.getString("name"),
                row.getUUID("parent_id"),
                ancestors,
                assignment(row.getString("assignment")));
    }

    private static Stream<Line.Ancestor> ancestor(Row row, int level) {
        UUID id = row.getUUID("id_" + level);
        return id == null ? Stream.empty() : Stream.of(new Line.Ancestor(level, id, row.getString("name_" + level)));
    }

    private static JsonNode assignment(String text) {
        JsonNode node = text == null ? null : Json.read(text);
        return node == null || node.isNull() ? null : node;
    }
}
