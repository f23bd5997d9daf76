package io.cloneplatform.support.ticket;

import static io.cloneplatform.common.testing.TestPlatform.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.support.SupportService;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TicketRepliesIT {
    private static TestPlatform platform;
    private static TicketActions tickets;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start(List.of(new SupportService()));
        tickets = new TicketActions(platform);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void parallelRepliesAllSurvive() {
        Member member = tickets.member();
        JsonNode ticket = tickets.open(member);
        List<Future<Reply>> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Caller caller = i % 2 == 0 ? member.caller() : TicketActions.ADMIN;
            String address = caller.isAdmin() ? Addresses.SUPPORT_ADMIN_REPLY : Addresses.SUPPORT_TICKET_REPLY;
            sent.add(platform.send(
                    address, caller, TicketActions.id(ticket), Json.object().put("message", "reply " + i), null));
        }
        sent.forEach(reply -> assertThat(reply.await()).isInstanceOf(Reply.Done.class));
        JsonNode after = tickets.get(member, ticket);
        Set<String> kept = new HashSet<>(after.get("replies").findValuesAsText("message"));
        assertThat(kept).hasSize(20);
        assertThat(after.get("replyCount").asInt()).isEqualTo(20);
    }

    @Test
    void aReplyOfAMemberReopensAResolvedTicket() {
        Member member = tickets.member();
        JsonNode ticket = tickets.open(member);
        tickets.set(ticket, "resolved");
        JsonNode answer = tickets.reply(member.caller(), ticket, "not yet");
        assertThat(answer.at("/ticket/status").asText()).isEqualTo("open");
        assertThat(answer.at("/reply/author").asText()).isEqualTo("user");
        assertThat(answer.get("reply")).isEqualTo(answer.at("/ticket/replies/0"));
    }

    @Test
    void aClosedTicketTakesNoRepliesUntilItIsReopened() {
        Member member = tickets.member();
        JsonNode ticket = tickets.open(member);
        tickets.set(ticket, "closed");
        JsonNode message = json("{'message': 'hello'}");
        assertThat(platform.refused(Addresses.SUPPORT_TICKET_REPLY, member.caller(), TicketActions.id(ticket), message))
                .isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(platform.refused(
                        Addresses.SUPPORT_ADMIN_REPLY, TicketActions.ADMIN, TicketActions.id(ticket), message))
                .isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(platform.refusal(
                                Addresses.SUPPORT_ADMIN_STATUS,
                                TicketActions.ADMIN,
                                TicketActions.id(ticket),
                                json("{'status': 'resolved'}"))
                        .message())
                .contains("closed");
        tickets.set(ticket, "open");
        assertThat(tickets.reply(member.caller(), ticket, "hello")
                        .at("/ticket/replyCount")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void theFirstReplyOfSupportPutsAnOpenTicketInProgress() {
        Member member = tickets.member();
        JsonNode ticket = tickets.open(member);
        JsonNode answer = tickets.reply(TicketActions.ADMIN, ticket, "We look into it");
        assertThat(answer.at("/ticket/status").asText()).isEqualTo("in-progress");
        assertThat(answer.at("/reply/author").asText()).isEqualTo("support");
        assertThat(tickets.reply(member.caller(), ticket, "Thanks")
                        .at("/ticket/status")
                        .asText())
                .isEqualTo("in-progress");
        tickets.set(ticket, "resolved");
        assertThat(tickets.reply(TicketActions.ADMIN, ticket, "Done")
                        .at("/ticket/status")
                        .asText())
                .isEqualTo("resolved");
    }

    @Test
    void aTicketTakesAtMost500Replies() {
        Member member = tickets.member();
        JsonNode ticket = tickets.open(member);
        platform.execute(
                "UPDATE kv_store_44a642d3 SET value = value || jsonb_build_object('replyCount', 499, 'replies', (SELECT jsonb_agg(jsonb_build_object('id', n::text, 'message', 'm')) FROM generate_series(1, 499) n)) WHERE key = ?",
                Keys.ticket(ticket.get("id").asText()));
        assertThat(tickets.reply(member.caller(), ticket, "last")
                        .at("/ticket/replyCount")
                        .asInt())
                .isEqualTo(500);
        Reply.Refused refusal = platform.refusal(
                Addresses.SUPPORT_TICKET_REPLY, member.caller(), TicketActions.id(ticket), json("{'message': 'more'}"));
        assertThat(refusal.code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(refusal.message()).contains("500");
        JsonNode listed = platform.ok(Addresses.SUPPORT_TICKETS, member.caller(), Map.of(), null)
                .at("/tickets/0");
        assertThat(listed.get("replies")).hasSize(TicketLists.REPLIES_SHOWN);
        assertThat(listed.at("/replies/19/message").asText()).isEqualTo("last");
        assertThat(tickets.get(member, ticket).get("replies")).hasSize(500);
    }

    @Test
    void aRetryWithTheSameKeyRepliesOnce() {
        Member member = tickets.member();
        JsonNode ticket = tickets.open(member);
        JsonNode message = json("{'message': 'once'}");
        for (int i = 0; i < 2; i++) {
            platform.send(Addresses.SUPPORT_TICKET_REPLY, member.caller(), TicketActions.id(ticket), message, "key-1")
                    .await();
        }
        assertThat(tickets.get(member, ticket).get("replyCount").asInt()).isEqualTo(1);
    }

    @Test
    void textThatIsNoUnicodeIsKeptReadable() {
        Member member = tickets.member();
        JsonNode ticket = tickets.open(member, "{'subject': 'half \\ud83d', 'message': 'a \\ud83d b'}");
        JsonNode answer = tickets.reply(member.caller(), ticket, "\ud83d");
        assertThat(answer.at("/reply/message").asText()).isEqualTo("?");
    }
}
