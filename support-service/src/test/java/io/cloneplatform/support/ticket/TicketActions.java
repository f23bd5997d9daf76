package io.cloneplatform.support.ticket;

import static io.cloneplatform.common.testing.TestPlatform.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import java.util.Map;

/** What members and support do with tickets, as the tests say it. */
record TicketActions(TestPlatform platform) {
    static final Caller ADMIN = TestPlatform.admin();

    Member member() {
        return platform.member("m" + Ids.next(), null);
    }

    JsonNode open(Member member) {
        return open(member, "{'subject': 'Payout', 'message': 'It is late'}");
    }

    JsonNode open(Member member, String body) {
        return platform.ok(Addresses.SUPPORT_TICKET_CREATE, member.caller(), Map.of(), json(body))
                .get("ticket");
    }

    static Map<String, String> id(JsonNode ticket) {
        return Map.of("id", ticket.get("id").asText());
    }

    JsonNode reply(Caller caller, JsonNode ticket, String message) {
        String address = caller.isAdmin() ? Addresses.SUPPORT_ADMIN_REPLY : Addresses.SUPPORT_TICKET_REPLY;
        return platform.ok(address, caller, id(ticket), Json.object().put("message", message));
    }

    JsonNode set(JsonNode ticket, String status) {
        return platform.ok(
                Addresses.SUPPORT_ADMIN_STATUS, ADMIN, id(ticket), Json.object().put("status", status));
    }

    JsonNode get(Member member, JsonNode ticket) {
        return platform.ok(Addresses.SUPPORT_TICKET_GET, member.caller(), id(ticket), null)
                .get("ticket");
    }
}
