package io.cloneplatform.support.chat;

import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.kv.Instants;
import java.time.Instant;

/** A new message's document. */
record ChatMessage(
        String id,
        String conversationId,
        String userId,
        String userName,
        Side author,
        String message,
        String createdAt,
        String sentAt,
        boolean read) {

    /** A message of this moment. Make it only when the conversation's row is locked: then ids follow the order of posting. */
    static ChatMessage now(ConversationId conversation, Caller caller, Side author, String text) {
        String at = Instants.iso(Instant.now());
        return new ChatMessage(
                Ids.next().toString(), conversation.text(), caller.id(), caller.name(), author, text, at, at, false);
    }
}
