package io.cloneplatform.acceptance.contract;

import io.cloneplatform.acceptance.contract.World.Member;
import java.util.List;
import java.util.stream.Stream;

/** Tickets, chat and FAQ. */
final class SupportSamples {
    private static final String REPLY = "{'message': 'Any news?'}";
    private static final String SAY = "{'conversationId': '%s', 'message': 'Hello'}";

    private SupportSamples() {}

    static List<Sample> all() {
        return Stream.of(ofMembers(), ofVisitors(), ofAdmins())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Sample> ofMembers() {
        return List.of(
                Sample.of("supportTicketCreate", w -> Draft.as(w.anyMember().token())
                        .body("{'subject': 'Question', 'description': 'How long?', 'priority': 'high'}")),
                Sample.of("supportTickets", SupportSamples::ownTickets),
                Sample.of("supportTicketGet", SupportSamples::ownTicket)
                        .also(SupportSamples::answeredTicket)
                        .refused(403, "FORBIDDEN", SupportSamples::othersTicket),
                Sample.of("supportTicketReply", w -> ownTicket(w).body(REPLY))
                        .refused(403, "FORBIDDEN", w -> othersTicket(w).body(REPLY)),
                Sample.of("supportChatSend", w -> Draft.as(w.anyMember().token())
                                .body("{'message': 'Hello'}"))
                        .refused(403, "FORBIDDEN", w -> Draft.as(w.anyMember().token())
                                .body(SAY, w.conversation(w.member()))),
                Sample.of("supportChatMessages", SupportSamples::ownMessages)
                        .refused(403, "FORBIDDEN", w -> Draft.as(w.anyMember().token())
                                .query("conversationId", w.conversation(w.member())))
                        .refused(404, "NOT_FOUND", w -> Draft.as(w.anyMember().token())
                                .query("conversationId", World.nobody())),
                Sample.of("supportConversations", w -> {
                    w.conversation(w.anyMember());
                    return Draft.as(w.anyMember().token());
                }));
    }

    private static Draft ownTickets(World w) {
        Member member = w.member();
        w.ticket(member);
        return Draft.as(member.token()).query("status", "open").query("limit", "5");
    }

    private static Draft ownTicket(World w) {
        return Draft.as(w.anyMember().token()).path("id", w.ticket(w.anyMember()));
    }

    private static Draft answeredTicket(World w) {
        Draft ticket = ownTicket(w);
        w.admin("POST", "/admin/support-tickets/" + ticket.path().get("id") + "/reply")
                .json(REPLY)
                .ok();
        return ticket;
    }

    private static Draft othersTicket(World w) {
        return Draft.as(w.anyMember().token()).path("id", w.ticket(w.member()));
    }

    private static Draft ownMessages(World w) {
        Member member = w.member();
        return Draft.as(member.token()).query("conversationId", w.conversation(member));
    }

    private static List<Sample> ofVisitors() {
        return List.of(
                Sample.of("supportFaq", w -> Draft.as(null).query("search", "withdrawal"))
                        .also(w -> Draft.as(null).query("category", "Bonuses")),
                Sample.of("supportFaqSearch", w -> Draft.as(null).query("q", "commission")));
    }

    private static List<Sample> ofAdmins() {
        return List.of(
                Sample.of(
                        "supportAdminTickets",
                        w -> AdminSamples.admin().query("status", "open").query("priority", "normal")),
                Sample.of("supportAdminReply", w -> ticket(w).body(REPLY)),
                Sample.of("supportAdminStatus", w -> ticket(w).body("{'status': 'resolved'}")),
                Sample.of("supportAdminConversations", w -> {
                    w.conversation(w.anyMember());
                    return AdminSamples.admin();
                }),
                Sample.of("supportAdminChatMessages", w -> AdminSamples.admin()
                                .query("conversationId", w.conversation(w.anyMember())))
                        .refused(404, "NOT_FOUND", w -> AdminSamples.admin().query("conversationId", World.nobody())),
                Sample.of("supportAdminChatSend", w -> AdminSamples.admin().body(SAY, w.conversation(w.anyMember())))
                        .refused(404, "NOT_FOUND", w -> AdminSamples.admin().body(SAY, World.nobody())),
                Sample.of("supportFaqCreate", w -> AdminSamples.admin()
                        .body("{'category': 'Testing', 'question': 'Why?', 'answer': 'Because.', 'order': 99}")),
                Sample.of(
                        "supportFaqUpdate",
                        w -> AdminSamples.admin().path("id", w.faq()).body("{'answer': 'Within a day.'}")),
                Sample.once("supportFaqDelete", w -> AdminSamples.admin().path("id", w.faq())));
    }

    private static Draft ticket(World w) {
        return AdminSamples.admin().path("id", w.ticket(w.anyMember()));
    }
}
