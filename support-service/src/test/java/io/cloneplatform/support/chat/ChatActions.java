package io.cloneplatform.support.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import java.util.Map;

/** What members and support do in chats, as the tests say it. */
record ChatActions(TestPlatform platform) {
    static final Caller ADMIN = TestPlatform.admin();

    Member member() {
        return platform.member("m" + Ids.next(), null);
    }

    static JsonNode body(String conversation, String message) {
        return Json.object().put("conversationId", conversation).put("message", message);
    }

    JsonNode say(Member member, String message) {
        return platform.ok(
                        Addresses.SUPPORT_CHAT_SEND,
                        member.caller(),
                        Map.of(),
                        Json.object().put("message", message))
                .get("message");
    }

    JsonNode say(Member member, String conversation, String message) {
        return platform.ok(Addresses.SUPPORT_CHAT_SEND, member.caller(), Map.of(), body(conversation, message))
                .get("message");
    }

    JsonNode answer(String conversation, String message) {
        return platform.ok(Addresses.SUPPORT_ADMIN_CHAT_SEND, ADMIN, Map.of(), body(conversation, message))
                .get("message");
    }

    JsonNode read(Member member, String conversation) {
        return platform.ok(
                Addresses.SUPPORT_CHAT_MESSAGES, member.caller(), Map.of("conversationId", conversation), null);
    }

    JsonNode readBySupport(String conversation) {
        return platform.ok(Addresses.SUPPORT_ADMIN_CHAT_MESSAGES, ADMIN, Map.of("conversationId", conversation), null);
    }

    JsonNode conversations(Member member) {
        return platform.ok(Addresses.SUPPORT_CONVERSATIONS, member.caller(), Map.of(), null);
    }

    static String newId() {
        return "c-" + Ids.next();
    }
}
