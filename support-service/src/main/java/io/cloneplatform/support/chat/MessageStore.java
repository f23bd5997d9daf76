package io.cloneplatform.support.chat;

import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.support.page.Documents;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The messages of conversations under {@code message:<conversationId>:<id>}; their ids follow the order of posting. */
public final class MessageStore {
    private static final String INSERT =
            "INSERT INTO kv_store_44a642d3 (key, value) VALUES ($1, $2::text::jsonb) RETURNING value::text AS doc";

    /** Writes a new message. */
    Future<String> insert(SqlConnection tx, ChatMessage message) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.of(Keys.message(message.conversationId(), message.id()), Json.text(message)))
                .map(rows -> Documents.only(rows).orElseThrow());
    }

    private static final String MARK_READ =
            """
            UPDATE kv_store_44a642d3 SET value = value || '{"read": true}', updated_at = now()
            WHERE key IN (
              SELECT key FROM kv_store_44a642d3
              WHERE key >= $1 AND key < $2 AND value ->> 'author' = $3 AND value -> 'read' IS DISTINCT FROM 'true'
              ORDER BY key DESC LIMIT $4)
            """;

    /** Marks the latest unread messages of a side. */
    Future<Void> markRead(SqlConnection tx, ConversationId conversation, Side author, int count) {
        String prefix = prefix(conversation);
        return tx.preparedQuery(MARK_READ)
                .execute(Tuple.of(prefix, Keys.end(prefix), author.author(), count))
                .mapEmpty();
    }

    private static final String LATEST =
            """
            SELECT ('{"userName": "", "author": "user", "message": "", "read": false}'::jsonb || value)::text AS doc, key
            FROM kv_store_44a642d3 WHERE key >= $1 AND key < $2 ORDER BY key DESC LIMIT $3 OFFSET $4
            """;

    /** A page of messages before the page's position, the latest without one; in the order of posting. */
    Future<Documents> latest(SqlClient client, ConversationId conversation, Page page) {
        String prefix = prefix(conversation);
        if (page.after() != null && !page.after().startsWith(prefix)) {
            throw new Request.BadParam("cursor");
        }
        String before = page.after() == null ? Keys.end(prefix) : page.after();
        return client.preparedQuery(LATEST)
                .execute(Tuple.of(prefix, before, page.fetch(), page.offset()))
                .map(rows -> inOrder(rows.stream().toList(), page));
    }

    private static Documents inOrder(List<Row> rows, Page page) {
        List<String> shown = new ArrayList<>(
                page.trim(rows).stream().map(row -> row.getString("doc")).toList());
        Collections.reverse(shown);
        return new Documents(shown, page.nextCursor(rows, row -> row.getString("key")));
    }

    private static final String COUNT = "SELECT count(*) FROM kv_store_44a642d3 WHERE key >= $1 AND key < $2";

    /** How many messages a conversation has. */
    Future<Long> count(SqlClient client, ConversationId conversation) {
        String prefix = prefix(conversation);
        return client.preparedQuery(COUNT)
                .execute(Tuple.of(prefix, Keys.end(prefix)))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static String prefix(ConversationId conversation) {
        return Keys.message(conversation.text(), "");
    }
}
