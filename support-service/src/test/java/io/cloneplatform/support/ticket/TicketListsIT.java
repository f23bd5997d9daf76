package io.cloneplatform.support.ticket;

import static io.cloneplatform.common.testing.TestPlatform.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.ErrorCode;
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

class TicketListsIT {
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

    private static List<String> walk(String address, Caller caller, Map<String, String> params) {
        List<String> ids = new ArrayList<>();
        Map<String, String> next = new HashMap<>(params);
        while (true) {
            JsonNode page = platform.ok(address, caller, next, null);
            page.get("tickets").forEach(ticket -> ids.add(ticket.get("id").asText()));
            if (page.get("nextCursor").isNull()) {
                return ids;
            }
            next.put("cursor", page.get("nextCursor").asText());
        }
    }

    @Test
    void ownTicketsComeNewestFirstWithStatsOfAllOfThem() {
        Member member = tickets.member();
        tickets.open(tickets.member());
        JsonNode first = tickets.open(member);
        JsonNode second = tickets.open(member);
        JsonNode third = tickets.open(member);
        tickets.set(first, "resolved");
        tickets.set(second, "in-progress");
        JsonNode all = platform.ok(Addresses.SUPPORT_TICKETS, member.caller(), Map.of(), null);
        assertThat(all.get("tickets").findValuesAsText("id"))
                .containsExactly(
                        third.get("id").asText(),
                        second.get("id").asText(),
                        first.get("id").asText());
        assertThat(all.get("stats")).isEqualTo(json("{'total': 3, 'open': 1, 'inProgress': 1, 'resolved': 1}"));
        JsonNode open = platform.ok(Addresses.SUPPORT_TICKETS, member.caller(), Map.of("status", "open"), null);
        assertThat(open.get("total").asInt()).isEqualTo(1);
        assertThat(open.at("/stats/total").asInt()).isEqualTo(3);
        assertThat(open.at("/tickets/0/id")).isEqualTo(third.get("id"));
    }

    @Test
    void pagesFollowTheCursorOrTheOffset() {
        Member member = tickets.member();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(0, tickets.open(member).get("id").asText());
        }
        assertThat(walk(Addresses.SUPPORT_TICKETS, member.caller(), Map.of("limit", "2")))
                .isEqualTo(ids);
        JsonNode skipped =
                platform.ok(Addresses.SUPPORT_TICKETS, member.caller(), Map.of("limit", "2", "offset", "3"), null);
        assertThat(skipped.get("tickets").findValuesAsText("id")).isEqualTo(ids.subList(3, 5));
        assertThat(skipped.get("nextCursor").isNull()).isTrue();
    }

    @Test
    void aForeignCursorOrFilterIsABadRequest() {
        for (String cursor : List.of("%", "bm9uc2Vuc2U", "eCB5", "KzEwMDAwMDAwMDAtMDEtMDFUMDA6MDA6MDBaIGE")) {
            assertThat(platform.refused(
                            Addresses.SUPPORT_TICKETS, tickets.member().caller(), Map.of("cursor", cursor), null))
                    .as(cursor)
                    .isEqualTo(ErrorCode.VALIDATION_FAILED);
        }
        assertThat(platform.refused(
                        Addresses.SUPPORT_ADMIN_TICKETS, TicketActions.ADMIN, Map.of("status", "lost"), null))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(platform.refused(
                        Addresses.SUPPORT_ADMIN_TICKETS, TicketActions.ADMIN, Map.of("priority", "lost"), null))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void supportSeesWaitingTicketsInTheOrderTheyCame() {
        List<String> mine = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            mine.add(tickets.open(tickets.member()).get("id").asText());
        }
        List<String> open =
                walk(Addresses.SUPPORT_ADMIN_TICKETS, TicketActions.ADMIN, Map.of("status", "open", "limit", "2"));
        assertThat(open).containsSubsequence(mine).doesNotHaveDuplicates();
        List<String> all = walk(Addresses.SUPPORT_ADMIN_TICKETS, TicketActions.ADMIN, Map.of("limit", "2"));
        assertThat(all)
                .containsSubsequence(mine.get(2), mine.get(1), mine.get(0))
                .doesNotHaveDuplicates();
        assertThat(all).containsAll(open);
    }

    @Test
    void supportFiltersByPriority() {
        Member member = tickets.member();
        JsonNode urgent = tickets.open(member, "{'subject': 's', 'message': 'm', 'priority': 'urgent'}");
        JsonNode found =
                platform.ok(Addresses.SUPPORT_ADMIN_TICKETS, TicketActions.ADMIN, Map.of("priority", "urgent"), null);
        assertThat(found.get("total").asInt()).isEqualTo(1);
        assertThat(found.at("/tickets/0/id")).isEqualTo(urgent.get("id"));
        assertThat(found.at("/stats/total").asInt()).isGreaterThan(0);
        JsonNode closed = platform.ok(
                Addresses.SUPPORT_ADMIN_TICKETS,
                TicketActions.ADMIN,
                Map.of("priority", "urgent", "status", "closed"),
                null);
        assertThat(closed.get("total").asInt()).isZero();
    }
}
