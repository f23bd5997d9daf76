package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.acceptance.contract.World.Member;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.document.ApiOperation.Access;
import io.cloneplatform.gateway.document.ApiParameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
    private final String mark;
    private final Map<String, String> things;
    private final Member owner;
    private final Member thief;

    OthersThingsIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
        Estate estate = Estate.of(world);
        this.mark = estate.mark();
        this.things = estate.things();
        this.owner = estate.owner();
        this.thief = estate.thief();
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

    private Answer as(Member member, String method, String path, String body) {
        Call call = platform.call(method, path).bearer(member.token());
        return (body == null ? call : call.json(body)).send();
    }

    private JsonNode read(Member member, String path) {
        return platform.call("GET", path).bearer(member.token()).ok();
    }
}
