package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.contract.World.Member;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.document.ApiOperation.Access;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tickets and chats are read by their owner and by support, whichever way somebody else asks for them. */
@ExtendWith(RunningPlatform.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SupportIsPrivateIT {
    private final RunningPlatform platform;
    private final World world;
    private final Document document = new Document();
    private final String mark;
    private final Map<String, String> things;
    private final Member owner;
    private final Member thief;

    SupportIsPrivateIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
        Estate estate = Estate.of(world);
        this.mark = estate.mark();
        this.things = estate.things();
        this.owner = estate.owner();
        this.thief = estate.thief();
    }

    @Test
    void aRefusalSaysTheSameWhateverIsInATicket() {
        Answer full = as(thief, "GET", "/support-tickets/" + things.get("ticket"), null);
        String bare = world.as(owner, "POST", "/support-tickets", "{'subject': 'x', 'message': 'y'}")
                .at("/ticket/id")
                .asText();
        Answer other = as(thief, "GET", "/support-tickets/" + bare, null);
        assertThat(full.status()).isEqualTo(403);
        assertThat(scrubbed(full, things.get("ticket"))).isEqualTo(scrubbed(other, bare));
        assertThat(as(thief, "GET", "/support-tickets/" + UUID.randomUUID(), null)
                        .status())
                .isEqualTo(404);
    }

    private static String scrubbed(Answer answer, String id) {
        return answer.text()
                .replace(id, "ID")
                .replaceAll("\"requestId\":\"[^\"]*\"", "")
                .replaceAll("\"instance\":\"[^\"]*\"", "");
    }

    @Test
    void noSpellingOfThePathOpensTheTicketOfAnother() {
        String id = things.get("ticket");
        List<String> spellings = List.of(
                "/support-tickets/" + id,
                "/support-tickets/" + id + "/",
                "/functions/v1/make-server-44a642d3/support-tickets/" + id,
                "/functions/v1/make-server-44a642d3/support-tickets/" + id + "/",
                "/SUPPORT-TICKETS/" + id,
                "/support-tickets/" + id.toUpperCase(Locale.ROOT),
                "/support-tickets%2F" + id,
                "/support-tickets/%2e%2e/support-tickets/" + id,
                "/support-tickets/" + id + "%00",
                "/support-tickets/" + id + "%20",
                "/support-tickets/" + id + ";a=b",
                "//support-tickets//" + id,
                "/support-tickets/./" + id,
                "/admin/../support-tickets/" + id,
                "/support-tickets/" + id + "?userId=" + owner.id(),
                "/support-tickets?status=open&userId=" + owner.id(),
                "/chat/messages?conversationId=" + things.get("conversation"),
                "/chat/messages?conversationId=" + things.get("conversation") + "&conversationId=x",
                "/chat/messages?conversationId=" + things.get("default conversation"));
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")) {
            for (String path : spellings) {
                String answer = platform.raw()
                        .send(method, path, "Authorization: Bearer " + thief.token(), "Content-Length: 0")
                        .text();
                assertThat(answer)
                        .as("%s %s", method, path)
                        .doesNotContain("\"subject\":\"" + mark, "\"message\":\"" + mark);
            }
        }
    }

    @Test
    void aCursorOfAnotherMembersListOpensNothing() {
        List<String> positions = List.of(
                "message:" + things.get("conversation") + ":~",
                "ticket:~",
                "conversation:~",
                "withdrawal:" + owner.id() + ":~",
                "product:" + owner.id() + ":~",
                "referral:" + owner.id() + ":~",
                "messages|message:" + things.get("conversation") + ":",
                "withdrawals|withdrawal:" + owner.id() + ":",
                "referrals|referral:" + owner.id() + ":",
                "tickets|ticket:");
        List<String> lists = document.operations().values().stream()
                .filter(operation -> operation.access() == Access.MEMBER
                        && operation.method().equals("GET")
                        && operation.parameters().stream()
                                .anyMatch(p -> p.name().equals("cursor"))
                        && !operation.path().contains("{"))
                .map(ApiOperation::path)
                .toList();
        assertThat(lists).hasSizeGreaterThan(5);
        for (String list : lists) {
            for (String position : positions) {
                String cursor = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(position.getBytes(StandardCharsets.UTF_8));
                Answer answer = as(thief, "GET", list + "?cursor=" + cursor, null);
                assertThat(answer.status()).as("%s", answer).isLessThan(500);
                assertThat(answer.text()).doesNotContain(mark, owner.email(), things.get("withdrawal"));
            }
        }
    }

    @Test
    void theKeyOfAnotherCallerReplaysNothing() {
        String key = World.unique("key");
        String body = "{'subject': 'Twice', 'message': 'x'}";
        String first = keyed(owner.token(), key, body).ok().at("/ticket/id").asText();
        Answer second = keyed(thief.token(), key, body);
        assertThat(second.header("Idempotent-Replayed")).isEmpty();
        assertThat(second.ok().at("/ticket/id").asText()).isNotEqualTo(first);
        assertThat(second.ok().at("/ticket/userId").asText()).isEqualTo(thief.id());
    }

    private Answer keyed(String token, String key, String body) {
        return platform.call("POST", "/support-tickets")
                .bearer(token)
                .header("Idempotency-Key", key)
                .json(body)
                .send();
    }

    @Test
    void supportIsOnlyForAdminsWhoMaySupport() {
        String without = world.adminWithout("support.manage").token();
        String ticket = things.get("ticket");
        for (String[] request : new String[][] {
            {"GET", "/admin/support-tickets"},
            {"POST", "/admin/support-tickets/" + ticket + "/reply"},
            {"PUT", "/admin/support-tickets/" + ticket + "/status"},
            {"GET", "/admin/chat/conversations"},
            {"POST", "/admin/chat/messages"},
            {"GET", "/support-tickets/" + ticket},
            {"GET", "/chat/messages?conversationId=" + things.get("conversation")}
        }) {
            Answer answer = platform.call(request[0], request[1])
                    .bearer(without)
                    .json(request[0].equals("GET") ? null : Json.object())
                    .send();
            assertThat(answer.status()).as("%s", answer).isEqualTo(403);
            assertThat(answer.text()).doesNotContain(mark);
        }
    }

    @Test
    void whoeverLeftReadsNothingMore() {
        Member leaver = world.member();
        String ticket = world.ticket(leaver);
        assertThat(as(leaver, "DELETE", "/account", "{'password': '" + World.PASSWORD + "'}")
                        .status())
                .isEqualTo(200);
        for (String path : List.of("/support-tickets/" + ticket, "/chat/messages", "/account/export", "/profile")) {
            assertThat(as(leaver, "GET", path, null).status()).as(path).isEqualTo(401);
        }
        assertThat(as(thief, "GET", "/support-tickets/" + ticket, null).status())
                .isEqualTo(404);
    }

    private Answer as(Member member, String method, String path, String body) {
        Call call = platform.call(method, path).bearer(member.token());
        return (body == null ? call : call.json(body)).send();
    }
}
