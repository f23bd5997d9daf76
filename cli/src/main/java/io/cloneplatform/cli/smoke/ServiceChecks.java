package io.cloneplatform.cli.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Customer service: a ticket from opening to reply, the chat, and the questions with answers. */
final class ServiceChecks {
    private static final String GROUP = "customer service";

    private final Run run;
    private final Api api;
    private Member member;
    private String token;
    private String ticket;
    private String conversation;

    ServiceChecks(Run run) {
        this.run = run;
        this.api = run.api();
    }

    List<Check> all() {
        return List.of(
                new Check(GROUP, "sign-up", this::signUp),
                new Check(GROUP, "sign-in", this::signIn),
                new Check(GROUP, "ticket create", this::ticketCreate),
                new Check(GROUP, "ticket list", this::ticketList),
                new Check(GROUP, "ticket detail", this::ticketDetail),
                new Check(GROUP, "ticket reply", this::ticketReply),
                new Check(GROUP, "chat send", this::chatSend),
                new Check(GROUP, "chat read", this::chatRead),
                new Check(GROUP, "FAQ", this::faq),
                new Check(GROUP, "FAQ search", this::faqSearch));
    }

    private void signUp() {
        member = run.signUp("service", null);
    }

    private void signIn() {
        Member known = Run.need(member, "customer service: sign-up");
        token = run.signIn(known);
        Map<String, String> byUsername = Map.of("username", known.username(), "password", known.password());
        api.post("/signin", null, byUsername).ok().equal("/user/id", known.id());
    }

    private void ticketCreate() {
        Map<String, String> body =
                Map.of("subject", "Smoke ticket", "message", "Opened by " + run.tag(), "priority", "low");
        Answer answer = api.post("/support-tickets", token(), body).ok();
        String id = answer.string("/ticket/id");
        run.tickets().add(id);
        answer.equal("/ticket/subject", "Smoke ticket")
                .equal("/ticket/message", "Opened by " + run.tag())
                .equal("/ticket/description", "Opened by " + run.tag())
                .equal("/ticket/category", "general")
                .equal("/ticket/priority", "low")
                .equal("/ticket/status", "open")
                .equal("/ticket/userId", member.id())
                .equal("/ticket/userEmail", member.email())
                .equal("/ticket/replyCount", 0)
                .equal("/ticket/replies", List.of());
        ticket = id;
        api.post("/support-tickets", token(), Map.of("message", "no subject"))
                .refused(400, "VALIDATION_FAILED")
                .equal("/errors/0/field", "subject");
    }

    private void ticketList() {
        String id = ticket();
        Answer answer = api.get("/support-tickets", token()).ok();
        answer.equal("/total", 1).equal("/stats/total", 1).equal("/stats/open", 1);
        answer.element("/tickets", "/id", id).equal("/status", "open").equal("/userId", member.id());
        api.get("/support-tickets?status=closed", token()).ok().equal("/tickets", List.of());
    }

    private void ticketDetail() {
        api.get("/support-tickets/" + ticket(), token())
                .ok()
                .equal("/ticket/id", ticket)
                .equal("/ticket/message", "Opened by " + run.tag())
                .equal("/ticket/status", "open");
        api.get("/support-tickets/" + UUID.randomUUID(), token()).refused(404, "NOT_FOUND");
        for (Member other : run.others(member)) {
            api.get("/support-tickets/" + ticket, other.token()).refused(403, "FORBIDDEN");
        }
    }

    private void ticketReply() {
        String path = "/support-tickets/" + ticket();
        api.post(path + "/reply", token(), Map.of("message", "Any news?"))
                .ok()
                .equal("/reply/message", "Any news?")
                .equal("/reply/author", "user")
                .equal("/ticket/replyCount", 1);
        api.get(path, token())
                .ok()
                .equal("/ticket/replyCount", 1)
                .equal("/ticket/replies/0/message", "Any news?")
                .equal("/ticket/replies/0/userId", member.id());
    }

    private void chatSend() {
        Answer answer = api.post("/chat/messages", token(), Map.of("message", "Hello from " + run.tag()))
                .ok()
                .equal("/message/message", "Hello from " + run.tag())
                .equal("/message/author", "user")
                .equal("/message/userId", member.id())
                .equal("/message/read", false)
                .text("/message/id");
        conversation = answer.string("/message/conversationId");
        run.conversations().add(conversation);
        api.post("/chat/messages", token(), Map.of("message", " ")).refused(400, "VALIDATION_FAILED");
    }

    private void chatRead() {
        String id = Run.need(conversation, "customer service: chat send");
        for (String path : List.of("/chat/messages", "/chat/messages?conversationId=" + id)) {
            api.get(path, token())
                    .ok()
                    .equal("/total", 1)
                    .equal("/messages/0/message", "Hello from " + run.tag())
                    .equal("/messages/0/conversationId", id);
        }
        api.get("/chat/conversations", token())
                .ok()
                .element("/conversations", "/id", id)
                .equal("/messageCount", 1)
                .equal("/lastMessage", "Hello from " + run.tag());
        for (Member other : run.others(member)) {
            api.get("/chat/messages?conversationId=" + id, other.token()).refused(403, "FORBIDDEN");
        }
    }

    private void faq() {
        questions()
                .holds("/total", "at least one", total -> total.asInt() >= 1)
                .text("/faqs/0/id")
                .text("/faqs/0/category")
                .text("/faqs/0/question")
                .text("/faqs/0/answer");
    }

    /** Looks for the longest word of the first question, so that it works on any set of questions. */
    private void faqSearch() {
        JsonNode first = questions().at("/faqs/0");
        String word = Arrays.stream(first.path("question").asText().split("[^\\p{L}\\p{N}]+", -1))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
        api.get("/faq/search?q=" + URLEncoder.encode(word, StandardCharsets.UTF_8), null)
                .ok()
                .holds("/total", "at least one", total -> total.asInt() >= 1)
                .element("/results", "/id", first.path("id").asText())
                .equal("/question", first.path("question").asText());
        api.get("/faq/search", null).refused(400, "VALIDATION_FAILED").equal("/errors/0/field", "q");
    }

    private Answer questions() {
        return api.get("/faq", null).ok().holds("/faqs", "an array", JsonNode::isArray);
    }

    private String token() {
        return Run.need(token, "customer service: sign-in");
    }

    private String ticket() {
        return Run.need(ticket, "customer service: ticket create");
    }
}
