package io.cloneplatform.support.chat;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.support.page.Documents;
import io.cloneplatform.support.page.Position;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/** Lists of conversations, the one with the latest message first. */
public final class ConversationLists {
    // Sorts after every time.
    private static final String START = "~";

    private static final String LAST_AT = "coalesce(c.value ->> 'lastAt', c.value ->> 'createdAt', '') COLLATE \"C\"";

    // A range of the index of members: by the key alone the planner may read all conversations there are.
    private static final String OF_MEMBER =
            """
            SELECT jsonb_build_object(
                     'id', p.value -> 'id',
                     'title', coalesce(p.value ->> 'title', 'Support'),
                     'lastMessage', p.value ->> 'lastMessage',
                     'lastAt', nullif(p.at, ''),
                     'messageCount', coalesce((p.value ->> 'messageCount')::integer, 0),
                     'unread', coalesce((p.value ->> 'unreadByUser')::integer, 0))::text AS doc, p.at, p.key
            FROM (SELECT c.key, c.value, %1$s AS at FROM kv_store_44a642d3 c
                  WHERE c.user_id = $1 AND (c.user_id, c.key) >= ($1, 'conversation:') AND (c.user_id, c.key) < ($1, 'conversation;')
                    AND (%1$s, c.key) < ($2, $3)
                  ORDER BY at DESC, c.key DESC LIMIT $4 OFFSET $5) p
            ORDER BY p.at DESC, p.key DESC
            """
                    .formatted(LAST_AT);

    private static final String COUNT_OF_MEMBER =
            """
            SELECT count(*) FROM kv_store_44a642d3
            WHERE user_id = $1 AND (user_id, key) >= ($1, 'conversation:') AND (user_id, key) < ($1, 'conversation;')
            """;

    // The platform keeps conversations in the order of their latest messages.
    private static final String OF_EVERYONE =
            """
            SELECT jsonb_build_object(
                     'id', p.value -> 'id',
                     'title', coalesce(p.value ->> 'title', 'Support'),
                     'lastMessage', p.value ->> 'lastMessage',
                     'lastAt', nullif(l.at, ''),
                     'messageCount', coalesce((p.value ->> 'messageCount')::integer, 0),
                     'unread', coalesce((p.value ->> 'unreadBySupport')::integer, 0),
                     'userId', p.user_id,
                     'userName', coalesce(u.value ->> 'name', p.value ->> 'userName', ''),
                     'userEmail', coalesce(u.value ->> 'email', ''))::text AS doc, l.at, l.key
            FROM (SELECT at, key FROM platform_list
                  WHERE list = 'conversation' AND (at, key) < ($1, $2)
                  ORDER BY at DESC, key DESC LIMIT $3 OFFSET $4) l
            CROSS JOIN LATERAL (SELECT * FROM kv_store_44a642d3 c WHERE c.key = l.key LIMIT 1) p
            LEFT JOIN LATERAL (SELECT * FROM kv_store_44a642d3 m WHERE m.key = 'user:' || p.user_id LIMIT 1) u ON true
            ORDER BY l.at DESC, l.key DESC
            """;

    private static final String COUNT_OF_EVERYONE =
            "SELECT coalesce(sum(number), 0)::bigint FROM platform_count WHERE name = 'conversation'";

    private final Pool pool;

    public ConversationLists(Pool pool) {
        this.pool = pool;
    }

    /** The caller's conversations, with what they have not read. */
    public Future<Reply> ofMember(Request request) {
        String owner = request.caller().id();
        return list(request, OF_MEMBER, Tuple.of(owner), COUNT_OF_MEMBER, Tuple.of(owner));
    }

    /** All conversations with their owners, and what support has not read. */
    public Future<Reply> ofEveryone(Request request) {
        return list(request, OF_EVERYONE, Tuple.tuple(), COUNT_OF_EVERYONE, Tuple.tuple());
    }

    private Future<Reply> list(Request request, String query, Tuple values, String count, Tuple countValues) {
        Page page = Page.of(request);
        Position after = Position.of(page, START);
        values.addString(after.at()).addString(after.key());
        values.addInteger(page.fetch()).addInteger(page.offset());
        return pool.preparedQuery(query).execute(values).compose(rows -> pool.preparedQuery(count)
                .execute(countValues)
                .map(counted -> counted.iterator().next().getLong(0))
                .map(total -> Reply.ok(Documents.page(rows, page).answer("conversations", total))));
    }
}
