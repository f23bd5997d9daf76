package io.cloneplatform.support.chat;

import static io.cloneplatform.common.testing.TestPlatform.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.support.SupportService;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChatIT {
    private static TestPlatform platform;
    private static ChatActions chat;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start(List.of(new SupportService()));
        chat = new ChatActions(platform);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void withoutAnIdTheDefaultConversationIsUsed() {
        Member member = chat.member();
        JsonNode message = chat.say(member, "Hello");
        String conversation = "support-" + member.id();
        assertThat(message.get("conversationId").asText()).isEqualTo(conversation);
        assertThat(message.get("author").asText()).isEqualTo("user");
        assertThat(message.get("sentAt")).isEqualTo(message.get("createdAt"));
        assertThat(message.get("read").asBoolean()).isFalse();
        JsonNode messages = platform.ok(Addresses.SUPPORT_CHAT_MESSAGES, member.caller(), Map.of(), null);
        assertThat(messages.get("messages")).containsExactly(message);
        assertThat(platform.document(
                        Keys.message(conversation, message.get("id").asText())))
                .isEqualTo(message);
        JsonNode stored = platform.document(Keys.conversation(conversation));
        assertThat(stored.get("userId").asText()).isEqualTo(member.id().toString());
        assertThat(stored.get("messageCount").asInt()).isEqualTo(1);
        assertThat(stored.get("unreadBySupport").asInt()).isEqualTo(1);
    }

    @Test
    void theFirstPosterOwnsANewConversation() {
        Member owner = chat.member();
        Caller stranger = chat.member().caller();
        String id = ChatActions.newId();
        chat.say(owner, id, "mine");
        chat.say(owner, id, "still mine");
        assertThat(platform.refused(Addresses.SUPPORT_CHAT_SEND, stranger, Map.of(), ChatActions.body(id, "me too")))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(platform.refused(Addresses.SUPPORT_CHAT_MESSAGES, stranger, Map.of("conversationId", id), null))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(chat.read(owner, id).get("total").asInt()).isEqualTo(2);
    }

    @Test
    void ofTwoWhoPostTheSameNewIdAtOnceOneOwnsItAndTheOtherIsRefused() {
        Caller one = chat.member().caller();
        Caller two = chat.member().caller();
        for (int round = 0; round < 20; round++) {
            String id = ChatActions.newId();
            List<Reply> replies = List.of(
                            platform.send(
                                    Addresses.SUPPORT_CHAT_SEND, one, Map.of(), ChatActions.body(id, "one"), null),
                            platform.send(
                                    Addresses.SUPPORT_CHAT_SEND, two, Map.of(), ChatActions.body(id, "two"), null))
                    .stream()
                    .map(reply -> reply.await())
                    .toList();
            assertThat(replies).filteredOn(Reply.Done.class::isInstance).hasSize(1);
            assertThat(replies)
                    .filteredOn(
                            reply -> reply instanceof Reply.Refused refused && refused.code() == ErrorCode.FORBIDDEN)
                    .hasSize(1);
            assertThat(chat.readBySupport(id).get("total").asInt()).isEqualTo(1);
        }
    }

    @Test
    void nobodyTakesTheDefaultConversationOfSomeoneElse() {
        Member victim = chat.member();
        String id = "support-" + victim.id();
        assertThat(platform.refused(
                        Addresses.SUPPORT_CHAT_SEND, chat.member().caller(), Map.of(), ChatActions.body(id, "mine")))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(chat.say(victim, id, "Hello").get("conversationId").asText()).isEqualTo(id);
    }

    @Test
    void aConversationIdOutsideItsAlphabetIsABadRequest() {
        Caller member = chat.member().caller();
        for (String id : List.of("a:b", "", "a b", "a\nb", "\0", "é", "%", "a".repeat(101))) {
            for (Caller caller : List.of(member, ChatActions.ADMIN)) {
                String send = caller.isAdmin() ? Addresses.SUPPORT_ADMIN_CHAT_SEND : Addresses.SUPPORT_CHAT_SEND;
                String read =
                        caller.isAdmin() ? Addresses.SUPPORT_ADMIN_CHAT_MESSAGES : Addresses.SUPPORT_CHAT_MESSAGES;
                assertThat(platform.refusal(send, caller, Map.of(), ChatActions.body(id, "m"))
                                .errors())
                        .extracting("field")
                        .containsExactly("conversationId");
                assertThat(platform.refused(read, caller, Map.of("conversationId", id), null))
                        .isEqualTo(ErrorCode.VALIDATION_FAILED);
            }
        }
    }

    @Test
    void anEmptyMessageIsABadRequest() {
        assertThat(platform.refused(
                        Addresses.SUPPORT_CHAT_SEND, chat.member().caller(), Map.of(), json("{'message': ' '}")))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(platform.refused(
                        Addresses.SUPPORT_ADMIN_CHAT_SEND,
                        ChatActions.ADMIN,
                        Map.of(),
                        ChatActions.body(ChatActions.newId(), null)))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void parallelMessagesAreAllCounted() {
        Member member = chat.member();
        String id = ChatActions.newId();
        List<Future<Reply>> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.add(platform.send(
                    Addresses.SUPPORT_CHAT_SEND,
                    member.caller(),
                    Map.of(),
                    ChatActions.body(id, "message " + i),
                    null));
        }
        sent.forEach(reply -> assertThat(reply.await()).isInstanceOf(Reply.Done.class));
        assertThat(chat.read(member, id).get("total").asInt()).isEqualTo(20);
        assertThat(platform.document(Keys.conversation(id)).get("messageCount").asInt())
                .isEqualTo(20);
    }
}
