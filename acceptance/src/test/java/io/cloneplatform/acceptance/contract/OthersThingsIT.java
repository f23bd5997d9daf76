package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.acceptance.contract.World.Member;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.document.ApiOperation.Access;
import io.cloneplatform.gateway.document.ApiParameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whoever names somebody else's things gets nothing of them and changes nothing about them: every id of one member, in
 * every place of every operation where an id goes, in the hands of another member.
 */
@ExtendWith(RunningPlatform.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OthersThingsIT {
    // The first never ends, the second ends the thief.
    private static final Set<String> LEFT_OUT = Set.of("supportChatStream", "authSignout");

    private final RunningPlatform platform;
    private final World world;
    private final Document document = new Document();
    private final String mark = World.unique("secret");
    private final Map<String, String> things = new TreeMap<>();
    private Member owner;
    private Member thief;

    OthersThingsIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
    }

    @BeforeAll
    void ownSomethingOfEverything() {
        owner = world.memberWith("100");
        thief = world.memberWith("100");
        String bodyOf = "{'subject': '%1$s', 'message': '%1$s'}".formatted(mark);
        things.put(
                "ticket",
                world.as(owner, "POST", "/support-tickets", bodyOf)
                        .at("/ticket/id")
                        .asText());
        things.put(
                "conversation",
                world.as(
                                owner,
                                "POST",
                                "/chat/messages",
                                "{'message': '" + mark + "', 'conversationId': 'talk-" + mark + "'}")
                        .at("/message/conversationId")
                        .asText());
        things.put(
                "default conversation",
                world.as(owner, "POST", "/chat/messages", "{'message': '" + mark + "'}")
                        .at("/message/conversationId")
                        .asText());
        things.put("withdrawal", world.withdrawal(owner));
        things.put("submission", world.pendingSubmission(owner));
        things.put("member", owner.id());
        things.put("invitation code", owner.invitationCode());
        world.ticket(thief);
        world.conversation(thief);
    }

    /** What the owner has, as the owner and support see it. */
    private String estate() {
        List<String> all = new ArrayList<>();
        for (String path : List.of(
                "/profile",
                "/withdrawals",
                "/products",
                "/support-tickets",
                "/chat/conversations",
                "/premium",
                "/statement")) {
            JsonNode answer = read(owner, path);
            all.add(path + answer);
        }
        all.add(read(owner, "/support-tickets/" + things.get("ticket")).toString());
        return String.join("\n", all);
    }

    @Test
    void noOperationGivesOneMemberTheThingsOfAnother() {
        String before = estate();
        List<String> complaints = new ArrayList<>();
        int sent = 0;
        for (ApiOperation operation : document.operations().values()) {
            if (operation.access() == Access.PUBLIC || LEFT_OUT.contains(operation.id())) {
                continue;
            }
            for (Map.Entry<String, String> thing : things.entrySet()) {
                for (Draft draft : attempts(operation, thing.getValue())) {
                    Answer answer = draft.call(platform, operation).send();
                    sent++;
                    complaintsOf(operation, answer)
                            .forEach(complaint -> complaints.add(
                                    operation.id() + " with the " + thing.getKey() + ": " + complaint + ": " + answer));
                }
            }
        }
        System.out.printf("others' things: %d attempts%n", sent);
        assertThat(sent).isGreaterThan(300);
        assertThat(complaints).isEmpty();
        assertThat(estate()).isEqualTo(before);
        assertThat(as(thief, "GET", "/profile", null).status())
                .as("the thief could do all that")
                .isEqualTo(200);
    }

    /** The id in each place of an operation where a text goes, and in all of them. */
    private List<Draft> attempts(ApiOperation operation, String id) {
        Draft empty = Draft.as(thief.token());
        for (ApiParameter parameter : operation.parameters()) {
            if (parameter.inPath()) {
                empty = empty.path(parameter.name(), id);
            }
        }
        List<Draft> attempts = new ArrayList<>();
        Map<String, JsonNode> fields = fields(operation);
        Draft plain = operation.bodySchema().isPresent() ? empty.body(filled(fields, null, id)) : empty;
        attempts.add(plain);
        for (ApiParameter parameter : operation.parameters()) {
            if (!parameter.inPath() && !parameter.name().equals("Idempotency-Key")) {
                attempts.add(plain.query(parameter.name(), id));
            }
        }
        for (String extra : List.of("userId", "id", "ownerId")) {
            attempts.add(plain.query(extra, id));
        }
        fields.keySet().forEach(field -> attempts.add(plain.body(filled(fields, field, id))));
        if (operation.bodySchema().isPresent()) {
            attempts.add(plain.body(
                    filled(fields, null, id).put("userId", id).put("id", id).put("ownerId", id)));
        }
        return attempts;
    }

    private static Map<String, JsonNode> fields(ApiOperation operation) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        operation.bodySchema().ifPresent(schema -> schema.path("properties")
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue())));
        return fields;
    }

    // Every field in its place, so that the request gets past the schema; passwords are the thief's own.
    private static ObjectNode filled(Map<String, JsonNode> fields, String place, String id) {
        ObjectNode body = Json.object();
        fields.forEach((name, schema) -> {
            if (name.equals(place)) {
                body.put(name, id);
            } else if (name.toLowerCase(Locale.ROOT).endsWith("id") && !name.equals("bonusId")) {
                body.put(name, id);
            } else if (name.equals("message") || name.equals("subject")) {
                body.put(name, "Mine");
            } else if (name.equals("amount") || name.equals("productValue")) {
                body.put(name, 1);
            } else if (name.equals("productName")) {
                body.put(name, "Lamp");
            } else if (name.equals("withdrawalPassword")) {
                body.put(name, World.WITHDRAWAL_PASSWORD);
            }
        });
        return body;
    }

    private List<String> complaintsOf(ApiOperation operation, Answer answer) {
        List<String> complaints = new ArrayList<>();
        if (answer.status() >= 500) {
            complaints.add("breaks");
        }
        if (operation.access() == Access.ADMIN && answer.status() != 403) {
            complaints.add("a member gets past the door of admins");
        }
        if (answer.text().contains(mark) && !answer.text().contains("talk-" + mark)) {
            complaints.add("shows what the owner wrote");
        }
        if (answer.text().contains(owner.email())) {
            complaints.add("shows who the owner is");
        }
        if (answer.status() == 200
                && !operation.path().endsWith("/leaderboard")
                && answer.text().contains("\"userId\":\"" + owner.id())) {
            complaints.add("shows what is the owner's");
        }
        return complaints;
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

    private JsonNode read(Member member, String path) {
        return platform.call("GET", path).bearer(member.token()).ok();
    }
}
