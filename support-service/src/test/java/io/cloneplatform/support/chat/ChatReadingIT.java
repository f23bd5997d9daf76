package io.cloneplatform.support.chat;

import static io.cloneplatform.common.testing.TestPlatform.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.support.SupportService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChatReadingIT {
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
    void theDefaultConversationIsEmptyBeforeTheFirstMessageAndAnUnknownOneNotFound() {
        Member member = chat.member();
        assertThat(platform.ok(Addresses.SUPPORT_CHAT_MESSAGES, member.caller(), Map.of(), null))
                .isEqualTo(json("{'success': true, 'messages': [], 'total': 0, 'nextCursor': null}"));
        assertThat(platform.refused(
                        Addresses.SUPPORT_CHAT_MESSAGES,
                        member.caller(),
                        Map.of("conversationId", ChatActions.newId()),
                        null))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(platform.refused(
                        Addresses.SUPPORT_ADMIN_CHAT_MESSAGES,
                        ChatActions.ADMIN,
                        Map.of("conversationId", ChatActions.newId()),
                        null))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(platform.refused(
                        Addresses.SUPPORT_ADMIN_CHAT_SEND,
                        ChatActions.ADMIN,
                        Map.of(),
                        ChatActions.body(ChatActions.newId(), "hi")))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void readingMarksWhatTheOtherSideWrote() {
        Member member = chat.member();
        String id = ChatActions.newId();
        chat.say(member, id, "first");
        chat.say(member, id, "second");
        assertThat(chat.answer(id, "third").get("author").asText()).isEqualTo("support");
        assertThat(chat.conversations(member).at("/conversations/0/unread").asInt())
                .isEqualTo(1);

        JsonNode seen = chat.read(member, id).get("messages");
        assertThat(seen.findValuesAsText("message")).containsExactly("first", "second", "third");
        assertThat(seen.findValuesAsText("read")).containsExactly("false", "false", "true");
        assertThat(chat.conversations(member).at("/conversations/0/unread").asInt())
                .isZero();

        assertThat(chat.readBySupport(id).get("messages").findValuesAsText("read"))
                .containsExactly("true", "true", "true");
        JsonNode stored = platform.document(Keys.conversation(id));
        assertThat(stored.get("unreadByUser").asInt()).isZero();
        assertThat(stored.get("unreadBySupport").asInt()).isZero();
        assertThat(stored.get("messageCount").asInt()).isEqualTo(3);
    }

    @Test
    void theLatestMessagesComeFirstPageByPageEachInTheirOrder() {
        Member member = chat.member();
        String id = ChatActions.newId();
        for (int i = 1; i <= 5; i++) {
            chat.say(member, id, "m" + i);
        }
        Map<String, String> params = new HashMap<>(Map.of("conversationId", id, "limit", "2"));
        List<List<String>> pages = new ArrayList<>();
        for (String cursor = ""; cursor != null; ) {
            JsonNode page = platform.ok(Addresses.SUPPORT_CHAT_MESSAGES, member.caller(), params, null);
            pages.add(page.get("messages").findValuesAsText("message"));
            assertThat(page.get("total").asInt()).isEqualTo(5);
            cursor = page.get("nextCursor").textValue();
            params.put("cursor", cursor);
        }
        assertThat(pages).containsExactly(List.of("m4", "m5"), List.of("m2", "m3"), List.of("m1"));
    }

    @Test
    void aCursorOfAnotherConversationIsABadRequest() {
        Member member = chat.member();
        String one = ChatActions.newId();
        chat.say(member, one, "1");
        chat.say(member, one, "2");
        chat.say(member, "2");
        JsonNode page = platform.ok(
                Addresses.SUPPORT_CHAT_MESSAGES, member.caller(), Map.of("conversationId", one, "limit", "1"), null);
        assertThat(platform.refused(
                        Addresses.SUPPORT_CHAT_MESSAGES,
                        member.caller(),
                        Map.of("cursor", page.get("nextCursor").asText()),
                        null))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void conversationsAreListedByTheirLatestMessage() {
        Member member = chat.member();
        String one = ChatActions.newId();
        String two = ChatActions.newId();
        chat.say(member, one, "first line\nsecond line");
        chat.say(member, two, "b");
        chat.say(member, one, "c");
        chat.say(chat.member(), "not listed");
        JsonNode list = chat.conversations(member);
        assertThat(list.get("conversations").findValuesAsText("id")).containsExactly(one, two);
        assertThat(list.at("/conversations/0/title").asText()).isEqualTo("first line");
        assertThat(list.at("/conversations/0/lastMessage").asText()).isEqualTo("c");
        assertThat(list.at("/conversations/0/messageCount").asInt()).isEqualTo(2);
        assertThat(list.get("total").asInt()).isEqualTo(2);
        chat.answer(two, "d");
        assertThat(chat.conversations(member).get("conversations").findValuesAsText("id"))
                .containsExactly(two, one);
    }

    @Test
    void supportSeesAllConversationsWithTheirOwnersPageByPage() {
        Member member = chat.member();
        List<String> ids = List.of(ChatActions.newId(), ChatActions.newId(), ChatActions.newId());
        ids.forEach(id -> chat.say(member, id, "hello"));
        Map<String, String> params = new HashMap<>(Map.of("limit", "2"));
        List<String> seen = new ArrayList<>();
        for (String cursor = ""; cursor != null; ) {
            JsonNode page = platform.ok(Addresses.SUPPORT_ADMIN_CONVERSATIONS, ChatActions.ADMIN, params, null);
            page.get("conversations").forEach(each -> seen.add(each.get("id").asText()));
            cursor = page.get("nextCursor").textValue();
            params.put("cursor", cursor);
        }
        assertThat(seen).doesNotHaveDuplicates().containsSubsequence(ids.get(2), ids.get(1), ids.get(0));
        JsonNode latest = platform.ok(
                        Addresses.SUPPORT_ADMIN_CONVERSATIONS, ChatActions.ADMIN, Map.of("limit", "1"), null)
                .at("/conversations/0");
        assertThat(latest.get("userId").asText()).isEqualTo(member.id().toString());
        assertThat(latest.get("userName").asText()).isEqualTo(member.name());
        assertThat(latest.get("userEmail").asText()).endsWith("@example.com");
        assertThat(latest.get("unread").asInt()).isEqualTo(1);
    }

    @Test
    void oneReadingMarksABoundedNumberOfMessagesAndCountsTheRest() {
        Member member = chat.member();
        String id = ChatActions.newId();
        chat.say(member, id, "hello");
        platform.execute(
                "INSERT INTO kv_store_44a642d3 (key, value) SELECT 'message:' || ? || ':' || n, jsonb_build_object('id', n::text, 'author', 'support', 'read', false) FROM generate_series(1, 1003) n",
                id);
        platform.execute(
                "UPDATE kv_store_44a642d3 SET value = value || '{\"unreadByUser\": 1003}' WHERE key = ?",
                Keys.conversation(id));
        chat.read(member, id);
        assertThat(chat.conversations(member).at("/conversations/0/unread").asInt())
                .isEqualTo(3);
        chat.read(member, id);
        assertThat(chat.conversations(member).at("/conversations/0/unread").asInt())
                .isZero();
        assertThat(platform.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE ? AND value ->> 'author' = 'support' AND value ->> 'read' = 'false'",
                        Keys.message(id, "%")))
                .isZero();
    }
}
