package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What went wrong over the years: missing, doubled, mistyped and forgotten. */
final class SampleOddities {
    private final List<SampleMember> members;
    private final BiConsumer<String, JsonNode> line;
    private final Consumer<String> raw;

    SampleOddities(List<SampleMember> members, BiConsumer<String, JsonNode> line, Consumer<String> raw) {
        this.members = members;
        this.line = line;
        this.raw = raw;
    }

    /** Spoils a member's document by the member's number. */
    static void apply(int number, ObjectNode user) {
        switch (number % 100) {
            case 3 -> user.putNull("email");
            case 7 -> user.put("email", "M" + (number - 1) + "@EXAMPLE.com");
            case 5 ->
                user.put("email", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln").put("name", "User");
            case 9 -> user.remove("name");
            case 15 -> user.put("name", "Zoë\tO'Neil 🌱");
            case 18 -> user.put("username", "admin");
            case 21 -> user.put("username", "ok_" + number).put("gender", "robot");
            case 31 -> user.remove("createdAt");
            case 32 -> user.put("createdAt", 1_740_000_000_000L + number);
            case 41 -> user.put("invitationCode", "not a code!");
            case 45 -> user.put("invitationCode", "C00" + (number - 1)).put("note", "asked twice");
            case 51 -> user.put("withdrawalPassword", "sha256:" + "ab".repeat(32));
            case 61 -> user.put("vipTier", "Bronze").remove("vip_tier");
            case 71 -> user.put("vip_tier", "Diamond");
            case 81 -> user.put("childCount", 99);
            default -> money(number, user);
        }
    }

    private static void money(int number, ObjectNode user) {
        switch (number) {
            case 23 -> user.putNull("balance");
            case 24 -> user.put("balance", "12.50");
            case 25 -> user.put("balance", "abc");
            case 26 -> user.put("accountFrozen", true).put("freezeReason", "Identity check");
            default -> {}
        }
    }

    void write() {
        SampleMember first = members.get(0);
        support(first);
        questions();
        line.accept("admin:root", Json.object().put("email", "root@example.com").put("password", "plain"));
        line.accept("tenant:default", Json.object().put("note", "nul \u0000 inside"));
        line.accept(
                "withdrawal:nobody-1700000000000",
                Json.object().put("amount", 5).put("status", "pending"));
        line.accept(
                "withdrawal:" + first.id() + "-1",
                Json.object().put("userId", first.id()).put("amount", 5).put("status", "lost"));
        line.accept("user:not-an-object", Json.MAPPER.getNodeFactory().textNode("hello"));
        line.accept("metrics:" + first.id(), Json.object().put("alertCompressionRatio", 85));
        line.accept("metrics:" + members.get(1).id(), Json.object().put("alertCompressionRatio", 99));
        raw.accept("{\"key\":\"user:broken\",\"value\":{\"id\":");
        raw.accept("not json at all");
        raw.accept("");
        raw.accept("{\"value\":{}}");
        raw.accept("{\"key\":\"orphan\"}");
        raw.accept("[1,2,3]");
        raw.accept("{\"key\":\"tenant:text\",\"value\":\"{\\\"inner\\\":1}\"}");
        loop();
    }

    // Two members who invited each other, and one who invited themselves: nobody of the thousand.
    private void loop() {
        String one = "11111111-1111-4111-8111-111111111111";
        String other = "22222222-2222-4222-8222-222222222222";
        String self = "33333333-3333-4333-8333-333333333333";
        line.accept("user:" + one, stray(one, other, "2025-06-01T00:00:00Z"));
        line.accept("user:" + other, stray(other, one, "2025-06-02T00:00:00Z"));
        line.accept("user:" + self, stray(self, self, "2025-06-03T00:00:00Z"));
        String lost = "44444444-4444-4444-8444-444444444444";
        line.accept("user:" + lost, stray(lost, "ffffffff-0000-4000-8000-000000000000", "2025-06-06T00:00:00Z"));
        line.accept(
                "user:" + self.toUpperCase(java.util.Locale.ROOT).replace('3', 'A'), stray("a", null, "2025-06-04"));
        line.accept(
                "user:" + self.replace('3', 'a'),
                stray("b", null, "2025-06-05T00:00:00+02:00").put("balance", 1));
    }

    /** How many members {@link #write} adds. */
    static final int STRAYS = 5;

    private static ObjectNode stray(String id, String parent, String createdAt) {
        return Json.object()
                .put("id", id)
                .put("email", id + "@example.com")
                .put("parentUserId", parent)
                .put("createdAt", createdAt);
    }

    private void support(SampleMember owner) {
        ObjectNode ticket = Json.object()
                .put("id", "ticket_1740000000000_abc")
                .put("userId", owner.id())
                .put("subject", "Where is my money?")
                .put("message", "Still waiting")
                .put("priority", "urgent")
                .put("status", "in-progress")
                .put("createdAt", "2025-03-01T10:00:00.000Z");
        ticket.putArray("replies")
                .addObject()
                .put("id", "reply_1")
                .put("userId", owner.id())
                .put("message", "Hello?");
        line.accept("ticket:ticket_1740000000000_abc", ticket);
        line.accept(
                "tickets:queue",
                Json.MAPPER.createArrayNode().add("ticket_1740000000000_abc").add("ticket_gone"));
        line.accept("user_tickets:" + owner.id(), Json.MAPPER.createArrayNode().add("ticket_1740000000000_abc"));
        for (int i = 0; i < 3; i++) {
            line.accept(
                    "message:msg_174000000000" + i + "_x",
                    Json.object()
                            .put("conversationId", "chat-1")
                            .put("userId", i == 1 ? "admin" : owner.id())
                            .put("userName", i == 1 ? "Support" : "Member 0")
                            .put("message", "Line " + i)
                            .put("createdAt", "2025-03-01T10:00:0" + i + ".000Z")
                            .put("read", false));
        }
        line.accept(
                "message:msg_1740000000009_x",
                Json.object()
                        .put("conversationId", "chat-2")
                        .put("userId", "nobody")
                        .put("message", "Anybody?"));
        line.accept(
                "chat:messages:chat-1",
                Json.MAPPER.createArrayNode().add("msg_1740000000000_x").add("msg_gone"));
        line.accept(
                "chat:conversations:" + owner.id(),
                Json.MAPPER.createArrayNode().add("chat-1"));
    }

    private void questions() {
        var all = Json.MAPPER.createArrayNode();
        all.addObject().put("id", "faq_1").put("question", "How do I start?").put("answer", "Sign up.");
        all.addObject()
                .put("id", "faq_own")
                .put("category", "Payments")
                .put("question", "Which bank?")
                .put("answer", "Any.")
                .put("views", 3);
        line.accept("faq:all", all);
    }
}
