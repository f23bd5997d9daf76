package io.cloneplatform.benchmarks.growth;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.benchmarks.growth.Population.Place;
import java.util.List;
import java.util.stream.Stream;

/** Tickets, chat and FAQ, as members, as anybody and as support. */
final class SupportProbes {
    private static final String REPLY = "{'message': 'Any news?'}";
    private static final String QUESTION =
            "{'category': 'Testing', 'question': 'Why?', 'answer': 'Because.', 'order': 99}";

    private SupportProbes() {}

    static List<Probe> all() {
        return Stream.of(ofMembers(), ofSupport(), ofEverybody())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Probe> ofMembers() {
        return List.of(
                Probe.of("POST /support-tickets", "supportTicketCreate", SupportProbes::newTicket),
                Probe.of(
                        "GET /support-tickets",
                        "supportTickets",
                        (side, i) -> Call.get("/support-tickets", side.member(Place.ASKER, i))),
                Probe.of(
                        "GET /support-tickets/{id}",
                        "supportTicketGet",
                        (side, i) -> Call.get("/support-tickets/" + oldTicket(side, i), side.member(Place.ASKER, i))),
                Probe.of(
                        "POST /support-tickets/{id}/reply",
                        "supportTicketReply",
                        (side, i) -> Call.post(
                                "/support-tickets/" + ticket(side, i) + "/reply", side.member(Place.LEAF, i), REPLY)),
                Probe.of("POST /chat/messages", "supportChatSend", SupportProbes::message),
                Probe.of(
                        "GET /chat/messages",
                        "supportChatMessages",
                        (side, i) -> Call.get("/chat/messages?limit=5", side.member(Place.TALKER, i))),
                Probe.of(
                        "GET /chat/conversations",
                        "supportConversations",
                        (side, i) -> Call.get("/chat/conversations", side.member(Place.TALKER, i))));
    }

    private static List<Probe> ofSupport() {
        return List.of(
                asAdmin("/admin/support-tickets", "supportAdminTickets"),
                asAdmin("/admin/support-tickets?status=open", "supportAdminTickets"),
                asAdmin("/admin/support-tickets?status=closed&priority=urgent&limit=5", "supportAdminTickets"),
                Probe.of(
                        "POST /admin/support-tickets/{id}/reply",
                        "supportAdminReply",
                        (side, i) ->
                                Call.post("/admin/support-tickets/" + ticket(side, i) + "/reply", side.admin(), REPLY)),
                Probe.of(
                        "PUT /admin/support-tickets/{id}/status",
                        "supportAdminStatus",
                        (side, i) -> Call.put(
                                "/admin/support-tickets/" + ticket(side, i) + "/status",
                                side.admin(),
                                "{'status': 'resolved'}")),
                asAdmin("/admin/chat/conversations", "supportAdminConversations"),
                Probe.of(
                        "GET /admin/chat/messages",
                        "supportAdminChatMessages",
                        (side, i) -> Call.get(
                                "/admin/chat/messages?limit=5&conversationId=" + conversation(side, i), side.admin())),
                Probe.of(
                        "POST /admin/chat/messages",
                        "supportAdminChatSend",
                        (side, i) -> Call.post(
                                "/admin/chat/messages",
                                side.admin(),
                                "{'conversationId': '" + conversation(side, i) + "', 'message': 'Hello'}")));
    }

    private static List<Probe> ofEverybody() {
        return List.of(
                Probe.of("GET /faq", "supportFaq", (side, i) -> Call.get("/faq", null)),
                Probe.of(
                        "GET /faq/search", "supportFaqSearch", (side, i) -> Call.get("/faq/search?q=commission", null)),
                // What is made here is removed at once: there may be five hundred.
                Probe.of("POST /admin/faq", "supportFaqCreate", (side, i) -> {
                    forget(side);
                    return Call.post("/admin/faq", side.admin(), QUESTION);
                }),
                Probe.of(
                        "PUT /admin/faq/{id}",
                        "supportFaqUpdate",
                        (side, i) ->
                                Call.put("/admin/faq/" + question(side), side.admin(), "{'answer': 'Within a day.'}")),
                Probe.of(
                        "DELETE /admin/faq/{id}",
                        "supportFaqDelete",
                        (side, i) -> Call.delete("/admin/faq/" + question(side), side.admin())));
    }

    private static Probe asAdmin(String path, String operation) {
        return Probe.of("GET " + path, operation, (side, i) -> Call.get(path, side.admin()));
    }

    private static Call newTicket(Side side, int index) throws InterruptedException {
        return Call.post(
                "/support-tickets",
                side.member(Place.LEAF, index),
                "{'subject': 'Question', 'description': 'How long?', 'priority': 'high'}");
    }

    private static String ticket(Side side, int index) throws InterruptedException {
        return side.ask(newTicket(side, index)).at("/ticket/id").asText();
    }

    private static String oldTicket(Side side, int index) throws InterruptedException {
        return side.ask(Call.get("/support-tickets?limit=1", side.member(Place.ASKER, index)))
                .at("/tickets/0/id")
                .asText();
    }

    private static Call message(Side side, int index) throws InterruptedException {
        return Call.post("/chat/messages", side.member(Place.TALKER, index), "{'message': 'Hello'}");
    }

    private static String conversation(Side side, int index) {
        return "support-" + side.id(Place.TALKER, index);
    }

    private static String question(Side side) throws InterruptedException {
        return side.ask(Call.post("/admin/faq", side.admin(), QUESTION))
                .at("/faq/id")
                .asText();
    }

    private static void forget(Side side) throws InterruptedException {
        for (JsonNode faq : side.ask(Call.get("/faq?category=Testing", null)).at("/faqs")) {
            side.ask(Call.delete("/admin/faq/" + faq.get("id").asText(), side.admin()));
        }
    }
}
