package io.cloneplatform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.TestPlatform;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Managing accounts makes nobody more than they are, and locks nobody out of their own. */
class ReachIT {
    private static AuthFixture auth;

    @BeforeAll
    static void start() {
        auth = new AuthFixture();
    }

    @AfterAll
    static void stop() {
        auth.close();
    }

    private static ObjectNode body(String... permissions) {
        ObjectNode body = Json.object().put("username", AuthFixture.freshName()).put("password", AuthFixture.PASSWORD);
        Arrays.asList(permissions).forEach(body.withArray("permissions")::add);
        return body;
    }

    private static String account(String... permissions) {
        return auth.platform
                .ok(Addresses.AUTH_ACCOUNTS_CREATE, TestPlatform.admin(), Map.of(), body(permissions))
                .at("/account/id")
                .asText();
    }

    private static Caller admin(String id, String... permissions) {
        return new Caller(Caller.Kind.ADMIN, id, "ops", "session", Set.of(permissions), "127.0.0.1");
    }

    private static JsonNode permissions(String... permissions) {
        ObjectNode body = Json.object();
        Arrays.asList(permissions).forEach(body.withArray("permissions")::add);
        return body;
    }

    @Test
    void nobodyGrantsWhatTheyMayNotDo() {
        Caller manager = admin(account("accounts.manage", "users.view"), "accounts.manage", "users.view");
        auth.platform.ok(Addresses.AUTH_ACCOUNTS_CREATE, manager, Map.of(), body("users.view"));
        assertThat(auth.platform.refused(
                        Addresses.AUTH_ACCOUNTS_CREATE, manager, Map.of(), body("users.view", "users.balance")))
                .isEqualTo(ErrorCode.FORBIDDEN);
        for (String target : new String[] {account("users.view"), manager.id()}) {
            assertThat(auth.platform.refused(
                            Addresses.AUTH_ACCOUNTS_UPDATE,
                            manager,
                            Map.of("id", target),
                            permissions("accounts.manage", "users.balance")))
                    .isEqualTo(ErrorCode.FORBIDDEN);
        }
    }

    @Test
    void nobodyHasPowerOverAnAccountThatMayDoMore() {
        Caller manager = admin(account("accounts.manage"), "accounts.manage");
        Map<String, String> stronger = Map.of("id", account("ledger.fund"));
        assertThat(auth.platform.refused(
                        Addresses.AUTH_ACCOUNTS_PASSWORD,
                        manager,
                        stronger,
                        Json.object().put("password", "a password of mine")))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(auth.platform.refused(Addresses.AUTH_ACCOUNTS_REVOKE, manager, stronger, Json.object()))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(auth.platform.refused(
                        Addresses.AUTH_ACCOUNTS_UPDATE,
                        manager,
                        stronger,
                        Json.object().put("name", "Mine")))
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void nobodyLocksThemselvesOut() {
        String id = account("accounts.manage", "users.view");
        Caller manager = admin(id, "accounts.manage", "users.view");
        Map<String, String> own = Map.of("id", id);
        assertThat(auth.platform.refused(Addresses.AUTH_ACCOUNTS_REVOKE, manager, own, Json.object()))
                .isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(auth.platform.refused(Addresses.AUTH_ACCOUNTS_UPDATE, manager, own, permissions("users.view")))
                .isEqualTo(ErrorCode.WRONG_STATE);
        auth.platform.ok(Addresses.AUTH_ACCOUNTS_UPDATE, manager, own, permissions("accounts.manage"));
    }

    @Test
    void theLastSuperAdminStays() {
        String one = superAdmin();
        String other = superAdmin();
        auth.platform.ok(Addresses.AUTH_ACCOUNTS_REVOKE, TestPlatform.admin(), Map.of("id", one), Json.object());
        assertThat(auth.platform.refused(
                        Addresses.AUTH_ACCOUNTS_REVOKE, TestPlatform.admin(), Map.of("id", other), Json.object()))
                .isEqualTo(ErrorCode.WRONG_STATE);
    }

    private static String superAdmin() {
        String id = account("users.view");
        auth.platform.execute(
                "UPDATE kv_store_44a642d3 SET value = value || '{\"superAdmin\": true}' WHERE key = ?", "admin:" + id);
        return id;
    }
}
