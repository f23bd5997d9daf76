package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.acceptance.contract.World.Admin;
import io.cloneplatform.acceptance.process.Waiting;
import io.cloneplatform.gateway.document.ApiOperation;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every route of the document, asked by everybody there is: only those get in whom the document names. */
@ExtendWith(RunningPlatform.Shared.class)
class PermissionMatrixIT {
    private static final String NOBODY = "00000000-0000-7000-8000-000000000000";
    // What the route says itself to the members who get in, and may not do it all the same.
    private static final Set<String> REFUSES_EVERYONE = Set.of("authVipTierRefuse");
    private static final Set<String> ENDS_THE_SESSION = Set.of("authSignout");

    private final RunningPlatform platform;
    private final World world;
    private final Document document = new Document();

    PermissionMatrixIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
    }

    /**
     * Somebody who asks.
     *
     * @param token what they show, or null
     * @param permissions what an admin may do; {@code *} for everything
     * @param person whether it is somebody who signed in
     */
    private record Role(String token, boolean member, boolean admin, Set<String> permissions, boolean person) {
        int expected(ApiOperation operation) {
            return switch (operation.access()) {
                case PUBLIC -> 0;
                case MEMBER -> member ? 0 : denied();
                case ADMIN -> admin && may(operation.permission().orElse("nobody has this")) ? 0 : denied();
            };
        }

        private int denied() {
            return token == null ? 401 : 403;
        }

        private boolean may(String needed) {
            return needed.equals("self") ? person : permissions.contains(needed) || permissions.contains("*");
        }
    }

    @Test
    void onlyThoseGetInWhomTheDocumentNames() throws SQLException {
        Map<String, Role> roles = roles();
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (ApiOperation operation : document.operations().values()) {
            for (Map.Entry<String, Role> role : roles.entrySet()) {
                asked++;
                int got = ask(operation, role.getValue());
                if (got != role.getValue().expected(operation)) {
                    wrong.add(operation.id() + " as " + role.getKey() + ": " + got);
                }
            }
        }
        System.out.println("permission matrix: " + asked + " requests, " + roles.size() + " roles");
        assertThat(wrong).isEmpty();
    }

    private Map<String, Role> roles() throws SQLException {
        Map<String, Role> roles = new LinkedHashMap<>();
        roles.put("nobody", new Role(null, false, false, Set.of(), false));
        roles.put("member", new Role(world.anyMember().token(), true, false, Set.of(), true));
        for (String permission : World.PERMISSIONS) {
            Admin admin = world.adminWith(permission);
            roles.put(permission, new Role(admin.token(), false, true, Set.of(permission), true));
        }
        roles.put("admin without any", new Role(changed("permissions", "[]"), false, true, Set.of(), true));
        roles.put("super admin", new Role(changed("superAdmin", "true"), false, true, Set.of("*"), true));
        roles.put("admin key", new Role(World.ADMIN, false, true, Set.of("*"), false));
        return roles;
    }

    // What no route makes.
    private String changed(String field, String value) throws SQLException {
        Admin admin = world.newAdmin(List.of("users.view"));
        try (Connection sql = platform.sql();
                PreparedStatement change = sql.prepareStatement(
                        "UPDATE kv_store_44a642d3 SET value = jsonb_set(value, ARRAY[?], ?::jsonb) WHERE key = ?")) {
            change.setString(1, field);
            change.setString(2, value);
            change.setString(3, "admin:" + admin.id());
            assertThat(change.executeUpdate()).isEqualTo(1);
        }
        return platform.call("POST", "/admin-login")
                .json("{'username': '" + admin.username() + "', 'password': '" + World.PASSWORD + "'}")
                .ok()
                .at("/session/access_token")
                .asText();
    }

    // Whoever gets in is told that the request is bad, and changes nothing.
    private int ask(ApiOperation operation, Role role) {
        String token = ENDS_THE_SESSION.contains(operation.id()) && role.member()
                ? world.member().token()
                : role.token();
        Call call = platform.call(operation.method(), operation.path().replaceAll("\\{[^}]*}", NOBODY))
                .bearer(token);
        Answer answer = operation.bodySchema().isPresent()
                ? call.bytes("application/json", "{\"broken\": ".getBytes(StandardCharsets.UTF_8))
                        .send()
                : call.send();
        boolean denied = answer.status() == 401 || answer.status() == 403;
        return denied && !(REFUSES_EVERYONE.contains(operation.id()) && role.member()) ? answer.status() : 0;
    }

    @Test
    void noPermissionIsWrittenThatNobodyCanHave() {
        for (ApiOperation operation : document.operations().values()) {
            operation.permission().ifPresent(permission -> assertThat(permission)
                    .as(operation.id())
                    .satisfiesAnyOf(
                            needed -> assertThat(World.PERMISSIONS).contains(needed),
                            needed -> assertThat(needed).isEqualTo("self")));
        }
    }

    @Test
    void whoIsRefusedForWantOfAPermissionIsRecorded() {
        Admin admin = world.newAdmin(List.of("users.view"));
        String request = World.unique("denied-");
        Answer answer = platform.call("GET", "/admin/audit")
                .bearer(admin.token())
                .header("x-request-id", request)
                .send();
        assertThat(answer.status()).isEqualTo(403);
        JsonNode record = recorded(request);
        assertThat(record.at("/actorId").asText()).isEqualTo(admin.id());
        assertThat(record.at("/result").asText()).isEqualTo("refused");
        assertThat(record.at("/details/permission").asText()).isEqualTo("audit.view");
    }

    // Nobody waits for the record.
    private JsonNode recorded(String request) {
        for (int attempt = 0; attempt < 50; attempt++) {
            JsonNode record = world.admin("GET", "/admin/audit?action=auth.denied&requestId=" + request)
                    .ok()
                    .at("/records/0");
            if (!record.isMissingNode()) {
                return record;
            }
            Waiting.pause(100);
        }
        throw new AssertionError("nothing was recorded of " + request);
    }

    @Test
    void anAdminWhoTriesEverythingFillsNoDisk() {
        Admin admin = world.newAdmin(List.of("users.view"));
        long begin = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            platform.call("GET", "/admin/metrics").bearer(admin.token()).send();
        }
        long seconds = 2 + (System.nanoTime() - begin) / 1_000_000_000;
        Waiting.pause(500);
        int recorded = world.admin("GET", "/admin/audit?action=auth.denied&limit=500&actor=" + admin.id())
                .ok()
                .get("total")
                .asInt();
        assertThat(recorded).isPositive().isLessThanOrEqualTo((int) (10 * seconds));
    }
}
