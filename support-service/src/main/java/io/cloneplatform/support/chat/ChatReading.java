package io.cloneplatform.support.chat;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.support.chat.ConversationStore.Head;
import io.cloneplatform.support.page.Documents;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.Optional;

/** Both sides read a conversation, which marks what the other side wrote as read. */
public final class ChatReading {
    private final Pool pool;
    private final ConversationStore conversations;
    private final MessageStore messages;

    public ChatReading(Pool pool, ConversationStore conversations, MessageStore messages) {
        this.pool = pool;
        this.conversations = conversations;
        this.messages = messages;
    }

    /** The owner reads; without an id the default conversation, which is empty before the first message. */
    public Future<Reply> byMember(Request request) {
        String named = request.param("conversationId");
        Optional<ConversationId> id =
                named == null ? Optional.of(ConversationId.defaultOf(request.caller())) : ConversationId.parse(named);
        return id.map(known -> conversations
                        .find(pool, known, Side.MEMBER)
                        .compose(head -> ofOwner(request, known, head, named == null)))
                .orElseGet(() -> Future.succeededFuture(ConversationId.invalid()));
    }

    private Future<Reply> ofOwner(Request request, ConversationId id, Optional<Head> head, boolean emptyWhenUnknown) {
        if (head.isEmpty()) {
            return Future.succeededFuture(
                    emptyWhenUnknown ? Reply.ok(Documents.NONE.answer("messages", 0)) : Reply.notFound("Conversation"));
        }
        return head.get().owner().equals(request.caller().id())
                ? read(request, id, Side.MEMBER, head.get().unread())
                : Future.succeededFuture(notYours());
    }

    /** Support reads any conversation. */
    public Future<Reply> bySupport(Request request) {
        return ConversationId.parse(request.param("conversationId"))
                .map(id -> conversations
                        .find(pool, id, Side.SUPPORT)
                        .compose(head -> head.isPresent()
                                ? read(request, id, Side.SUPPORT, head.get().unread())
                                : Future.succeededFuture(Reply.notFound("Conversation"))))
                .orElseGet(() -> Future.succeededFuture(ConversationId.invalid()));
    }

    // Marked first and listed after: a message that arrives in between is shown unread and stays unread.
    private Future<Reply> read(Request request, ConversationId id, Side reader, int unread) {
        Page page = Page.of(request);
        Future<Void> marked = unread == 0 ? Future.succeededFuture() : markRead(id, reader);
        return marked.compose(done -> messages.latest(pool, id, page))
                .compose(latest -> messages.count(pool, id).map(total -> Reply.ok(latest.answer("messages", total))));
    }

    // The conversation's row is locked first, as by every message, so that exactly the counted messages are marked.
    private Future<Void> markRead(ConversationId id, Side reader) {
        return pool.withTransaction(tx -> conversations
                .takeUnread(tx, id, reader)
                .compose(count ->
                        count == 0 ? Future.succeededFuture() : messages.markRead(tx, id, reader.other(), count)));
    }

    static Reply notYours() {
        return Reply.refuse(ErrorCode.FORBIDDEN, "This conversation belongs to someone else");
    }
}
