package io.cloneplatform.support.chat;

import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Ids;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of a conversation. Clients choose it, and it becomes part of keys, so its alphabet is narrow: no colon above all.
 *
 * @param text the id
 */
record ConversationId(String text) {
    private static final Pattern ALPHABET = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final String DEFAULT_PREFIX = "support-";

    /** The conversation a member has without naming one. */
    static ConversationId defaultOf(Caller member) {
        return new ConversationId(DEFAULT_PREFIX + member.id());
    }

    /** Reads an id that a client sent; empty when it is outside the alphabet. */
    static Optional<ConversationId> parse(String text) {
        return text != null && ALPHABET.matcher(text).matches()
                ? Optional.of(new ConversationId(text))
                : Optional.empty();
    }

    /** The refusal of an id outside the alphabet. */
    static Reply invalid() {
        return Reply.invalid("conversationId", "takes 1 to 100 letters, digits, dots, hyphens and underscores");
    }

    /** Whether this is the default conversation of another member, which nobody else may take by posting first. */
    boolean reservedForOthers(Caller member) {
        return text.startsWith(DEFAULT_PREFIX)
                && Ids.parse(text.substring(DEFAULT_PREFIX.length()))
                        .map(UUID::toString)
                        .filter(owner -> !owner.equals(member.id()))
                        .isPresent();
    }

    /** Whether this is the member's default conversation. */
    boolean isDefaultOf(Caller member) {
        return equals(defaultOf(member));
    }
}
