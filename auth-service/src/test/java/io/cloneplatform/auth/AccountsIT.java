package io.cloneplatform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AccountsIT {
    private static final String VIEW = "{'permissions':['users.view']}";

    private static AuthFixture auth;

    @BeforeAll
    static void start() {
        auth = new AuthFixture();
    }

    @AfterAll
    static void stop() {
        auth.close();
    }

    private static ObjectNode body() {
        String username = AuthFixture.freshName();
        ObjectNode body = Json.object()
                .put("username", username)
                .put("password", AuthFixture.PASSWORD)
                .put("email", username + "@example.com")
                .put("name", "Operations");
        body.putArray("permissions").add("users.view").add("ledger.view");
        return body;
    }

    private static JsonNode create(ObjectNode body) {
        return auth.platform
                .ok(Addresses.AUTH_ACCOUNTS_CREATE, TestPlatform.admin(), Map.of(), body)
                .get("account");
    }

    private static ErrorCode refusedCreate(ObjectNode body) {
        return auth.platform.refused(Addresses.AUTH_ACCOUNTS_CREATE, TestPlatform.admin(), Map.of(), body);
    }

    private static JsonNode login(JsonNode account) {
        return auth.platform.ok(
                Addresses.AUTH_ADMIN_LOGIN,
                AuthFixture.anybody(),
                Map.of(),
                Json.object()
                        .put("username", account.get("username").asText().toUpperCase(Locale.ROOT))
                        .put("password", AuthFixture.PASSWORD));
    }

    private static Reply.Refused refusedLogin(JsonNode account, String password) {
        return auth.platform.refusal(
                Addresses.AUTH_ADMIN_LOGIN,
                AuthFixture.anybody(),
                Map.of(),
                AuthFixture.signinBody(account.get("email").asText(), password));
    }

    private static Map<String, String> id(JsonNode account) {
        return Map.of("id", account.get("id").asText());
    }

    private static String session(JsonNode login) {
        return login.get("session").get("refresh_token").asText();
    }

    @Test
    void aNewAdminSignsInWithTheirPermissions() {
        JsonNode account = create(body());
        assertThat(account.get("status").asText()).isEqualTo("active");
        assertThat(account.get("superAdmin").asBoolean()).isFalse();
        JsonNode admin = login(account).get("admin");
        assertThat(admin.get("id")).isEqualTo(account.get("id"));
        assertThat(admin.get("permissions")).extracting(JsonNode::asText).containsExactly("users.view", "ledger.view");
        assertThat(auth.platform
                        .document(Keys.admin(account.get("id").asText()))
                        .toString())
                .doesNotContain("password");
    }

    @Test
    void membersAndAdminsDoNotSignInAtEachOthersDoor() {
        JsonNode account = create(body());
        assertThat(auth.refusedSignin(account.get("email").asText(), AuthFixture.PASSWORD)
                        .code())
                .isEqualTo(ErrorCode.INVALID_CREDENTIALS);
    }

    @Test
    void refusesTakenNamesAndUnknownPermissions() {
        ObjectNode first = body();
        create(first);
        assertThat(refusedCreate(
                        body().put("username", first.get("username").asText().toUpperCase(Locale.ROOT))))
                .isEqualTo(ErrorCode.USERNAME_TAKEN);
        assertThat(refusedCreate(body().put("email", first.get("email").asText())))
                .isEqualTo(ErrorCode.EMAIL_TAKEN);
        ObjectNode powerless = body();
        powerless.putArray("permissions");
        assertThat(refusedCreate(powerless)).isEqualTo(ErrorCode.VALIDATION_FAILED);
        ObjectNode allPowerful = body();
        allPowerful.putArray("permissions").add("*");
        assertThat(refusedCreate(allPowerful)).isEqualTo(ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void oneOfManyParallelAccountsGetsTheName() {
        ObjectNode body = body();
        body.remove("email");
        List<Future<Reply>> replies = Stream.generate(
                        () -> auth.send(Addresses.AUTH_ACCOUNTS_CREATE, TestPlatform.admin(), body))
                .limit(5)
                .toList();
        Future.all(replies).await();
        assertThat(replies)
                .extracting(Future::result)
                .filteredOn(Reply.Done.class::isInstance)
                .hasSize(1);
    }

    @Test
    void changedPermissionsEndTheTokensThatCarryTheOldOnes() throws InterruptedException {
        JsonNode account = create(body());
        String refreshToken = session(login(account));
        JsonNode changed =
                auth.asAdmin(Addresses.AUTH_ACCOUNTS_UPDATE, id(account), VIEW).get("account");
        assertThat(changed.get("permissions")).hasSize(1);
        assertThat(changed.get("name").asText()).isEqualTo("Operations");
        assertThat(auth.refusedRefresh(refreshToken)).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(auth.revocations.hears(refreshToken.split("\\.", 2)[0])).isTrue();
        assertThat(login(account).get("admin").get("permissions")).hasSize(1);
    }

    @Test
    void refusesATakenAddressInAChange() {
        JsonNode other = create(body());
        JsonNode account = create(body());
        String change = "{'name':'Changed','email':'" + other.get("email").asText() + "'}";
        assertThat(auth.refusedAsAdmin(Addresses.AUTH_ACCOUNTS_UPDATE, id(account), change))
                .isEqualTo(ErrorCode.EMAIL_TAKEN);
        assertThat(login(account).get("admin").get("name").asText()).isEqualTo("Operations");
    }

    @Test
    void aNewPasswordEndsTheirSessions() {
        JsonNode account = create(body());
        String refreshToken = session(login(account));
        auth.asAdmin(Addresses.AUTH_ACCOUNTS_PASSWORD, id(account), "{'password':'staple battery'}");
        assertThat(auth.refusedRefresh(refreshToken)).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(refusedLogin(account, AuthFixture.PASSWORD).code()).isEqualTo(ErrorCode.INVALID_CREDENTIALS);
    }

    @Test
    void aRevokedAdminIsRefusedAsIfUnknown() {
        JsonNode account = create(body());
        String refreshToken = session(login(account));
        JsonNode revoked = auth.asAdmin(Addresses.AUTH_ACCOUNTS_REVOKE, id(account), null);
        assertThat(revoked.get("account").get("status").asText()).isEqualTo("revoked");
        assertThat(auth.refusedRefresh(refreshToken)).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(refusedLogin(account, AuthFixture.PASSWORD)).isEqualTo(refusedLogin(account, "wrong"));
        assertThat(auth.refusedAsAdmin(Addresses.AUTH_ACCOUNTS_PASSWORD, id(account), "{'password':'staple battery'}"))
                .isEqualTo(ErrorCode.WRONG_STATE);
        auth.asAdmin(Addresses.AUTH_ACCOUNTS_REVOKE, id(account), null);
    }

    @Test
    void listsNewestFirstInPages() {
        JsonNode older = create(body());
        JsonNode newer = create(body());
        JsonNode first = auth.asAdmin(Addresses.AUTH_ACCOUNTS_LIST, Map.of("limit", "1"), null);
        assertThat(first.get("accounts").get(0)).isEqualTo(newer);
        JsonNode second = auth.asAdmin(
                Addresses.AUTH_ACCOUNTS_LIST,
                Map.of("limit", "1", "cursor", first.get("nextCursor").asText()),
                null);
        assertThat(second.get("accounts").get(0)).isEqualTo(older);
        assertThat(second.get("total").asInt()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void doesNotFindUnknownAccounts() {
        for (String id : List.of(Ids.next().toString(), "nonsense")) {
            Map<String, String> params = Map.of("id", id);
            assertThat(auth.refusedAsAdmin(Addresses.AUTH_ACCOUNTS_UPDATE, params, VIEW))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(auth.refusedAsAdmin(Addresses.AUTH_ACCOUNTS_PASSWORD, params, "{'password':'staple battery'}"))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(auth.refusedAsAdmin(Addresses.AUTH_ACCOUNTS_REVOKE, params, null))
                    .isEqualTo(ErrorCode.NOT_FOUND);
        }
    }
}
