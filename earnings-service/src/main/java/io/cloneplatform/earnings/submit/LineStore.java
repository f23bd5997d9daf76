package io.cloneplatform.earnings.submit;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads referral lines. An ancestor who has left is not there: the platform keeps that share. */
public final class LineStore {
    private static final String FIND =
            """
            SELECT m.id, m.email, m.name, m.parent_id, (u.value -> 'premiumAssignment')::text AS assignment,
                   l1.id AS id_1, l1.name AS name_1, l2.id AS id_2, l2.name AS name_2, l3.id AS id_3, l3.name AS name_3
            FROM member m
            LEFT JOIN member l1 ON l1.id = m.parent_id AND l1.deleted_at IS NULL
            LEFT JOIN member l2 ON l2.id = m.grandparent_id AND l2.deleted_at IS NULL
            LEFT JOIN member l3 ON l3.id = m.great_grandparent_id AND l3.deleted_at IS NULL
            LEFT JOIN kv_store_44a642d3 u ON u.key = $2
            WHERE m.id = $1 AND m.deleted_at IS NULL
            """;

    /** The line of a member; empty when there is no such member. */
    public Future<Optional<Line>> find(SqlClient client, UUID member) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(member, Keys.user(member)))
                .map(rows -> first(rows.iterator()));
    }

    private static Optional<Line> first(Iterator<Row> rows) {
        return rows.hasNext() ? Optional.of(line(rows.next())) : Optional.empty();
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
