package io.cloneplatform.support.chat;

import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;

/** Single conversations under {@code conversation:<id>}: who owns them, and what each side has not read. */
public final class ConversationStore {
    /** How many messages one reading marks at most; the rest stays unread until the next. */
    static final int MARKED_AT_ONCE = 1_000;

    private static final String DEFAULT_TITLE = "Support";
    private static final int TITLE_LENGTH = 60;

    /**
     * What one side needs to know of a conversation.
     *
     * @param owner the member whose conversation it is
     * @param unread how many messages of the other side this side has not read
     */
    record Head(String owner, int unread) {}

    private static final String FIND =
            "SELECT user_id, coalesce((value ->> $2)::integer, 0) FROM kv_store_44a642d3 WHERE key = $1";

    /** A conversation as one side sees it; empty when there is no such conversation. */
    Future<Optional<Head>> find(SqlClient client, ConversationId id, Side reader) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(Keys.conversation(id.text()), reader.unreadField()))
                .map(rows -> rows.stream()
                        .map(row -> new Head(row.getString(0), row.getInteger(1)))
                        .findFirst());
    }

    // The first poster's row wins; whoever comes second, also in the same moment, adds to it only when it is their own.
    private static final String POST_BY_OWNER =
            """
            INSERT INTO kv_store_44a642d3 AS c (key, value) VALUES ($1, $2::text::jsonb)
            ON CONFLICT (key) DO UPDATE SET
              updated_at = now(),
              value = c.value || jsonb_build_object(
                'lastMessage', excluded.value -> 'lastMessage',
                'lastAt', excluded.value -> 'lastAt',
                'messageCount', coalesce((c.value ->> 'messageCount')::integer, 0) + 1,
                'unreadBySupport', coalesce((c.value ->> 'unreadBySupport')::integer, 0) + 1)
              WHERE c.value ->> 'userId' = excluded.value ->> 'userId'
            """;

    /** Counts a message of the member, who owns the conversation from now on; false when it is someone else's. */
    Future<Boolean> postByOwner(SqlConnection tx, ConversationId id, Caller member, String text) {
        String now = Instants.iso(Instant.now());
        String title = id.isDefaultOf(member) ? DEFAULT_TITLE : title(text);
        var conversation = Json.object()
                .put("id", id.text())
                .put("userId", member.id())
                .put("userName", member.name())
                .put("title", title)
                .put("lastMessage", text)
                .put("lastAt", now)
                .put("messageCount", 1)
                .put("unreadByUser", 0)
                .put("unreadBySupport", 1)
                .put("createdAt", now);
        return tx.preparedQuery(POST_BY_OWNER)
                .execute(Tuple.of(Keys.conversation(id.text()), Json.text(conversation)))
                .map(ConversationStore::changed);
    }

    private static final String POST_BY_SUPPORT =
            """
            UPDATE kv_store_44a642d3 c SET
              updated_at = now(),
              value = c.value || jsonb_build_object(
                'lastMessage', $2::text,
                'lastAt', $3::text,
                'messageCount', coalesce((c.value ->> 'messageCount')::integer, 0) + 1,
                'unreadByUser', coalesce((c.value ->> 'unreadByUser')::integer, 0) + 1)
            WHERE c.key = $1
            """;

    /** Counts a message of support; false when there is no such conversation. */
    Future<Boolean> postBySupport(SqlConnection tx, ConversationId id, String text) {
        return tx.preparedQuery(POST_BY_SUPPORT)
                .execute(Tuple.of(Keys.conversation(id.text()), text, Instants.iso(Instant.now())))
                .map(ConversationStore::changed);
    }

    private static final String TAKE_UNREAD =
            """
            UPDATE kv_store_44a642d3 c
            SET value = c.value || jsonb_build_object($2::text, greatest(before.unread - $3::integer, 0))
            FROM (SELECT key, coalesce((value ->> $2)::integer, 0) AS unread FROM kv_store_44a642d3
                  WHERE key = $1 FOR UPDATE) before
            WHERE c.key = before.key AND before.unread > 0
            RETURNING least(before.unread, $3::integer)
            """;

    /** Counts as read what a side has not read yet; how many messages that are, 0 when there are none. */
    Future<Integer> takeUnread(SqlConnection tx, ConversationId id, Side reader) {
        return tx.preparedQuery(TAKE_UNREAD)
                .execute(Tuple.of(Keys.conversation(id.text()), reader.unreadField(), MARKED_AT_ONCE))
                .map(rows ->
                        rows.stream().findFirst().map(row -> row.getInteger(0)).orElse(0));
    }

    private static boolean changed(RowSet<?> result) {
        return result.rowCount() == 1;
    }

    private static String title(String text) {
        String line = text.strip().lines().findFirst().orElse(DEFAULT_TITLE);
        return line.codePointCount(0, line.length()) <= TITLE_LENGTH
                ? line
                : line.substring(0, line.offsetByCodePoints(0, TITLE_LENGTH));
    }
}
