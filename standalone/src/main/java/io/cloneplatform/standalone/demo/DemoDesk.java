package io.cloneplatform.standalone.demo;

import static io.cloneplatform.standalone.demo.DemoCalls.ADMIN;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.standalone.demo.Cast.Member;

/** What the demo members ask the support, and what they are told. */
final class DemoDesk {
    private final DemoCalls calls;

    DemoDesk(DemoCalls calls) {
        this.calls = calls;
    }

    void tickets(Cast cast) {
        ticket(
                cast.ada(),
                "How long does a withdrawal take?",
                "I asked for 150 today. When can I expect it?",
                "normal");
        String answered = ticket(cast.ben(), "Wrong name on my submission", "It says van, it is a lorry.", "low");
        calls.write(ADMIN, Addresses.SUPPORT_ADMIN_REPLY, answered, message("We are correcting it."));
        String resolved = ticket(cast.cleo(), "I cannot find my referrals", "Where do I see them?", "high");
        calls.write(ADMIN, Addresses.SUPPORT_ADMIN_REPLY, resolved, message("Under Referrals, on the left."));
        calls.write(
                ADMIN, Addresses.SUPPORT_ADMIN_STATUS, resolved, Json.object().put("status", "resolved"));
    }

    private String ticket(Member member, String subject, String message, String priority) {
        ObjectNode body = message(message).put("subject", subject).put("priority", priority);
        return calls.write(member.caller(), Addresses.SUPPORT_TICKET_CREATE, body)
                .path("ticket")
                .path("id")
                .asText();
    }

    void chat(Member ada) {
        JsonNode sent = calls.write(ada.caller(), Addresses.SUPPORT_CHAT_SEND, message("Hello, is anyone there?"));
        String conversation = sent.path("message").path("conversationId").asText();
        calls.write(
                ADMIN,
                Addresses.SUPPORT_ADMIN_CHAT_SEND,
                message("Yes. How can we help?").put("conversationId", conversation));
    }

    private static ObjectNode message(String text) {
        return Json.object().put("message", text);
    }
}
