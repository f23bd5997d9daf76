package io.cloneplatform.support.chat;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.support.page.Documents;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;

/** Both sides post messages. */
public final class ChatSending {
    private final ConversationStore conversations;
    private final MessageStore messages;

    public ChatSending(ConversationStore conversations, MessageStore messages) {
        this.conversations = conversations;
        this.messages = messages;
    }

    /** The body of a message. */
    record Body(String message, String conversationId) {
        boolean blank() {
            return message == null || message.isBlank();
        }
    }

    /** A member posts: to their own conversation, or to a new one, which they own from then on. */
    public Future<Reply> byMember(SqlConnection tx, Request request) {
        Body body = request.body(Body.class);
        Optional<ConversationId> id = body.conversationId() == null
                ? Optional.of(ConversationId.defaultOf(request.caller()))
                : ConversationId.parse(body.conversationId());
        if (id.isEmpty() || body.blank()) {
            return Future.succeededFuture(id.isEmpty() ? ConversationId.invalid() : noMessage());
        }
        if (id.get().reservedForOthers(request.caller())) {
            return Future.succeededFuture(ChatReading.notYours());
        }
        return conversations
                .postByOwner(tx, id.get(), request.caller(), body.message())
                .compose(posted -> posted
                        ? insert(tx, request, id.get(), Side.MEMBER)
                        : Future.succeededFuture(ChatReading.notYours()));
    }

    /** Support posts to a conversation that exists. */
    public Future<Reply> bySupport(SqlConnection tx, Request request) {
        Body body = request.body(Body.class);
        Optional<ConversationId> id = ConversationId.parse(body.conversationId());
        if (id.isEmpty() || body.blank()) {
            return Future.succeededFuture(id.isEmpty() ? ConversationId.invalid() : noMessage());
        }
        return conversations
                .postBySupport(tx, id.get(), body.message())
                .compose(posted -> posted
                        ? insert(tx, request, id.get(), Side.SUPPORT)
                        : Future.succeededFuture(Reply.notFound("Conversation")));
    }

    private Future<Reply> insert(SqlConnection tx, Request request, ConversationId id, Side author) {
        String text = request.body(Body.class).message();
        return messages.insert(tx, ChatMessage.now(id, request.caller(), author, text))
                .map(doc -> Reply.ok(Documents.one("message", doc)));
    }

    private static Reply noMessage() {
        return Reply.invalid("message", "is required");
    }
}
