package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.acceptance.contract.World.Member;
import io.cloneplatform.gateway.document.ApiOperation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A member who wrote something personal into every field there is, and then leaves, is nowhere any more: in no column of no
 * table, and in nobody's answer.
 */
@ExtendWith(RunningPlatform.Shared.class)
class ForgottenIT {
    // What admins type into the books is sealed with them: the runbook says what not to write there.
    private static final Set<String> SEALED = Set.of("ledger_transfer.memo");

    // The last mail is on its way out; a record that does not say whom it concerns cannot be found again.
    private static final Map<String, String> LEFT_OUT = Map.of(
            "outbox", " AND t.kind <> 'account-deleted'",
            "kv_store_44a642d3", " AND NOT (t.key LIKE 'audit:%' AND t.user_id IS NULL)");

    private final RunningPlatform platform;
    private final World world;
    private final String mark = World.unique("zq");

    ForgottenIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
    }

    @Test
    void nothingSaysWhoLeft() throws SQLException {
        Member parent = world.member();
        Member member = signUp(parent);
        Member child = world.childOf(member);
        live(member, child);
        assertThat(places()).as("what is looked for is there before").hasSizeGreaterThan(5);
        assertThat(mentioned(parent, child)).isNotEmpty();
        leave(member);
        assertThat(places()).isEmpty();
        assertThat(mentioned(parent, child)).isEmpty();
        theLineHolds(parent, member, child);
        assertThat(signUp(parent).id()).isNotEqualTo(member.id());
    }

    private Member signUp(Member parent) {
        JsonNode answer = platform.call("POST", "/signup")
                .json(
                        "{'email': '%1$s@example.com', 'username': '%1$s', 'name': 'Name %1$s', 'password': '%2$s', 'gender': 'female', 'withdrawalPassword': '%3$s', 'invitationCode': '%4$s'}"
                                .formatted(mark, World.PASSWORD, World.WITHDRAWAL_PASSWORD, parent.invitationCode()))
                .ok();
        return new Member(
                answer.at("/user/id").asText(),
                mark + "@example.com",
                mark,
                answer.at("/session/access_token").asText(),
                answer.at("/session/refresh_token").asText(),
                answer.at("/user/invitationCode").asText());
    }

    private void live(Member member, Member child) {
        world.as(
                member,
                "POST",
                "/submit-product",
                "{'productName': 'Lamp of %s', 'productValue': 100}".formatted(mark));
        world.as(child, "POST", "/submit-product", "{'productName': 'Rack', 'productValue': 100}");
        String denied = world.withdrawal(member);
        admin("/admin/deny-withdrawal", "{'withdrawalId': '%s', 'reason': 'Not %s'}".formatted(denied, mark));
        admin("/admin/freeze", "{'userId': '%s', 'reason': 'Who is %s'}".formatted(member.id(), mark));
        admin("/admin/unfreeze", "{'userId': '%s'}".formatted(member.id()));
        admin("/admin/premium", "{'userId': '%s', 'amount': 5000, 'position': 3}".formatted(member.id()));
        world.as(member, "POST", "/premium/decline", "{}");
        String ticket = world.as(
                        member,
                        "POST",
                        "/support-tickets",
                        "{'subject': 'I am %1$s', 'message': 'Write to %1$s@example.com'}".formatted(mark))
                .at("/ticket/id")
                .asText();
        world.as(member, "POST", "/support-tickets/" + ticket + "/reply", "{'message': '%s again'}".formatted(mark));
        admin("/admin/support-tickets/" + ticket + "/reply", "{'message': 'Dear %s'}".formatted(mark));
        String talk = world.as(member, "POST", "/chat/messages", "{'message': '%s here'}".formatted(mark))
                .at("/message/conversationId")
                .asText();
        admin("/admin/chat/messages", "{'conversationId': '%s', 'message': 'Hello %s'}".formatted(talk, mark));
        platform.call("PUT", "/profile")
                .bearer(member.token())
                .header("Idempotency-Key", mark)
                .header("User-Agent", mark)
                .json("{'name': 'Name " + mark + "', 'gender': 'other'}")
                .ok();
        platform.call("POST", "/signin")
                .json("{'email': '" + member.email() + "', 'password': 'Wrong-Password'}")
                .send();
        platform.call("GET", "/account/export").bearer(member.token()).ok();
    }

    private void admin(String path, String body) {
        world.admin("POST", path).json(body).ok();
    }

    private void leave(Member member) {
        Answer refused = delete(member);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("MONEY_HELD_OR_OWED");
        assertThat(refused.text()).contains("has 90.00 available");
        String id = world.as(
                        member,
                        "POST",
                        "/withdrawals",
                        "{'amount': 90, 'withdrawalPassword': '%s'}".formatted(World.WITHDRAWAL_PASSWORD))
                .at("/withdrawal/id")
                .asText();
        assertThat(delete(member).text()).contains("in withdrawals that are pending");
        admin("/admin/approve-withdrawal", "{'withdrawalId': '" + id + "'}");
        assertThat(delete(member).status()).isEqualTo(200);
        assertThat(platform.call("GET", "/profile")
                        .bearer(member.token())
                        .send()
                        .status())
                .as("signed out at once")
                .isEqualTo(401);
        assertThat(platform.call("POST", "/refresh")
                        .json("{'refresh_token': '" + member.refreshToken() + "'}")
                        .send()
                        .status())
                .isEqualTo(401);
    }

    private Answer delete(Member member) {
        return platform.call("DELETE", "/account")
                .bearer(member.token())
                .json("{'password': '" + World.PASSWORD + "'}")
                .send();
    }

    private void theLineHolds(Member parent, Member member, Member child) {
        JsonNode link = read(parent, "/referrals").at("/referrals/0");
        assertThat(link.path("childId").asText()).isEqualTo(member.id());
        assertThat(link.path("childName").asText()).isEqualTo("deleted-" + member.id());
        assertThat(read(child, "/profile").at("/parentUserId").asText()).isEqualTo(member.id());
        assertThat(world.admin("GET", "/admin/ledger/verify")
                        .ok()
                        .path("balanced")
                        .asBoolean())
                .isTrue();
    }

    /** The columns of the whole database in which the mark stands. */
    private Set<String> places() throws SQLException {
        Set<String> found = new TreeSet<>();
        try (Connection sql = platform.sql()) {
            for (String[] column : columns(sql)) {
                String name = column[0] + "." + column[1];
                String query = "SELECT count(*) FROM \"%s\" t WHERE strpos(lower(t.\"%s\"::text), ?) > 0%s"
                        .formatted(column[0], column[1], LEFT_OUT.getOrDefault(column[0], ""));
                try (PreparedStatement count = sql.prepareStatement(query)) {
                    count.setString(1, mark);
                    ResultSet rows = count.executeQuery();
                    rows.next();
                    if (rows.getLong(1) > 0 && !SEALED.contains(name)) {
                        found.add(name);
                    }
                }
            }
        }
        return found;
    }

    private static List<String[]> columns(Connection sql) throws SQLException {
        List<String[]> columns = new ArrayList<>();
        try (PreparedStatement statement = sql.prepareStatement(
                """
                SELECT c.table_name, c.column_name FROM information_schema.columns c
                JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
                  AND c.data_type IN ('text', 'jsonb', 'json', 'character varying', 'ARRAY', 'bytea')""")) {
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                columns.add(new String[] {rows.getString(1), rows.getString(2)});
            }
        }
        return columns;
    }

    /** The reading operations without an id whose answers have the mark in them, to whomever may ask. */
    private List<String> mentioned(Member... others) {
        List<String> found = new ArrayList<>();
        for (ApiOperation operation : new Document().operations().values()) {
            if (!operation.method().equals("GET")
                    || operation.path().contains("{")
                    || operation.path().endsWith("stream")) {
                continue;
            }
            for (String query : List.of("", "?limit=500", "?status=denied", "?status=approved", "?search=" + mark)) {
                askers(operation, others).forEach((who, token) -> {
                    Answer answer = platform.call("GET", operation.path() + query)
                            .bearer(token)
                            .send();
                    if (answer.text().contains(mark) && !answer.text().contains("\"code\"")) {
                        found.add(operation.id() + " to " + who);
                    }
                });
            }
        }
        return found;
    }

    private static Map<String, String> askers(ApiOperation operation, Member... others) {
        return switch (operation.access()) {
            case PUBLIC -> Map.of();
            case MEMBER -> Map.of("the parent", others[0].token(), "the child", others[1].token());
            case ADMIN -> Map.of("an admin", World.ADMIN);
        };
    }

    private JsonNode read(Member member, String path) {
        return platform.call("GET", path).bearer(member.token()).ok();
    }
}
