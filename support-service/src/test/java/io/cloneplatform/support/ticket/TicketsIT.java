package io.cloneplatform.support.ticket;

import static io.cloneplatform.common.testing.TestPlatform.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.support.SupportService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TicketsIT {
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
    void aNewTicketIsOpenAndStoredWhereOperatorsLook() {
        Member member = tickets.member();
        JsonNode ticket = tickets.open(member);
        assertThat(ticket.get("status").asText()).isEqualTo("open");
        assertThat(ticket.get("category").asText()).isEqualTo("general");
        assertThat(ticket.get("priority").asText()).isEqualTo("normal");
        assertThat(ticket.get("description")).isEqualTo(ticket.get("message"));
        assertThat(ticket.get("userEmail").asText())
                .isEqualTo(member.name().toLowerCase(java.util.Locale.ROOT) + "@example.com");
        assertThat(ticket.get("replyCount").asInt()).isZero();
        assertThat(platform.document(Keys.ticket(ticket.get("id").asText()))).isEqualTo(ticket);
        assertThat(platform.single(
                        "SELECT user_id FROM kv_store_44a642d3 WHERE key = ?",
                        Keys.ticket(ticket.get("id").asText())))
                .isEqualTo(member.id().toString());
        assertThat(tickets.get(member, ticket)).isEqualTo(ticket);
    }

    @Test
    void descriptionIsTheOldNameOfMessageWhichWins() {
        Member member = tickets.member();
        assertThat(tickets.open(member, "{'subject': 's', 'description': 'old'}")
                        .get("message"))
                .hasToString("\"old\"");
        assertThat(tickets.open(member, "{'subject': 's', 'description': 'old', 'message': 'new'}")
                        .get("description"))
                .hasToString("\"new\"");
    }

    @Test
    void refusesATicketWithoutSubjectMessageOrKnownPriority() {
        for (String body : List.of(
                "{'message': 'm'}",
                "{'subject': ' ', 'message': 'm'}",
                "{'subject': 's'}",
                "{'subject': 's', 'message': 'm', 'priority': 'mad'}",
                "{'subject': {}, 'message': 'm'}")) {
            assertThat(platform.refused(
                            Addresses.SUPPORT_TICKET_CREATE, tickets.member().caller(), Map.of(), json(body)))
                    .as(body)
                    .isEqualTo(ErrorCode.VALIDATION_FAILED);
        }
    }

    @Test
    void someoneElsesTicketIsForbiddenAndAnUnknownOneNotFound() {
        JsonNode ticket = tickets.open(tickets.member());
        Caller stranger = tickets.member().caller();
        JsonNode message = json("{'message': 'hello'}");
        assertThat(platform.refused(Addresses.SUPPORT_TICKET_GET, stranger, TicketActions.id(ticket), null))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(platform.refused(Addresses.SUPPORT_TICKET_REPLY, stranger, TicketActions.id(ticket), message))
                .isEqualTo(ErrorCode.FORBIDDEN);
        for (String unknown : List.of(Ids.next().toString(), "nonsense", "a:b", "\0", "", "'", "x".repeat(5000))) {
            Map<String, String> id = Map.of("id", unknown);
            assertThat(platform.refused(Addresses.SUPPORT_TICKET_GET, stranger, id, null))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(platform.refused(Addresses.SUPPORT_TICKET_REPLY, stranger, id, message))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(platform.refused(Addresses.SUPPORT_ADMIN_REPLY, TicketActions.ADMIN, id, message))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(platform.refused(
                            Addresses.SUPPORT_ADMIN_STATUS, TicketActions.ADMIN, id, json("{'status': 'open'}")))
                    .isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void anIdInCapitalsIsTheSameId() {
        Member member = tickets.member();
        JsonNode ticket = tickets.open(member);
        String capitals = ticket.get("id").asText().toUpperCase(java.util.Locale.ROOT);
        assertThat(platform.ok(Addresses.SUPPORT_TICKET_GET, member.caller(), Map.of("id", capitals), null)
                        .get("ticket"))
                .isEqualTo(ticket);
    }

    @Test
    void whatSupportDidIsAudited() {
        JsonNode ticket = tickets.open(tickets.member());
        tickets.set(ticket, "resolved");
        assertThat(platform.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'audit:%' AND value ->> 'operation' = 'support.admin-status' AND value #>> '{details,id}' = ?",
                        ticket.get("id").asText()))
                .isEqualTo(1);
    }

    @Test
    void aTicketOfThePredecessorIsShownWithWhatItLacks() {
        Member member = tickets.member();
        platform.execute(
                "INSERT INTO kv_store_44a642d3 (key, value) VALUES ('ticket:old-1', jsonb_build_object('id', 'old-1', 'userId', ?::text, 'subject', 'Old', 'message', 'm', 'status', 'open', 'createdAt', '2025-01-01T00:00:00.000Z', 'updatedAt', '2025-01-01T00:00:00.000Z'))",
                member.id().toString());
        JsonNode answer = platform.ok(
                Addresses.SUPPORT_TICKET_REPLY, member.caller(), Map.of("id", "old-1"), json("{'message': 'm'}"));
        assertThat(answer.at("/ticket/replyCount").asInt()).isEqualTo(1);
        assertThat(answer.at("/ticket/priority").asText()).isEqualTo("normal");
        assertThat(answer.at("/ticket/category").asText()).isEqualTo("general");
    }
}
