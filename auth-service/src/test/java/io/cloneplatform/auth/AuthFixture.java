package io.cloneplatform.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.TestPlatform;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The auth service on a fresh database, with the calls that most tests begin with. */
final class AuthFixture implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";

    private static final AtomicInteger COUNT = new AtomicInteger();

    final TestPlatform platform;
    final RevocationListener revocations = new RevocationListener();

    AuthFixture(String... settings) {
        this.platform = TestPlatform.start(List.of(new AuthService(), revocations), settings);
    }

    /** A member who signed up. */
    record SignedUp(UUID id, String email, JsonNode user, JsonNode session) {
        String accessToken() {
            return session.get("access_token").asText();
        }

        String refreshToken() {
            return session.get("refresh_token").asText();
        }

        String sessionId() {
            return refreshToken().substring(0, refreshToken().indexOf('.'));
        }

        String code() {
            return user.get("invitationCode").asText();
        }

        Caller caller() {
            return new Caller(
                    Caller.Kind.MEMBER, id.toString(), user.get("name").asText(), sessionId(), Set.of(), "127.0.0.1");
        }
    }

    static Caller anybody() {
        return Caller.anonymous("127.0.0.1");
    }

    static String freshName() {
        return "member" + COUNT.incrementAndGet();
    }

    static ObjectNode signupBody() {
        return Json.object()
                .put("email", freshName() + "@example.com")
                .put("password", PASSWORD)
                .put("name", "Joan Clarke");
    }

    SignedUp signup() {
        return signup(signupBody());
    }

    SignedUp signup(ObjectNode body) {
        JsonNode answer = platform.ok(Addresses.AUTH_SIGNUP, anybody(), Map.of(), body);
        JsonNode user = answer.get("user");
        return new SignedUp(
                UUID.fromString(user.get("id").asText()), user.get("email").asText(), user, answer.get("session"));
    }

    Future<Reply> send(String address, Caller caller, ObjectNode body) {
        return platform.send(address, caller, Map.of(), body, null);
    }

    JsonNode signin(String login, String password) {
        return platform.ok(Addresses.AUTH_SIGNIN, anybody(), Map.of(), signinBody(login, password));
    }

    Reply.Refused refusedSignin(String login, String password) {
        return platform.refusal(Addresses.AUTH_SIGNIN, anybody(), Map.of(), signinBody(login, password));
    }

    static ObjectNode signinBody(String login, String password) {
        return Json.object().put("email", login).put("password", password);
    }

    JsonNode refresh(String token) {
        return platform.ok(Addresses.AUTH_REFRESH, anybody(), Map.of(), refreshBody(token))
                .get("session");
    }

    ErrorCode refusedRefresh(String token) {
        return platform.refused(Addresses.AUTH_REFRESH, anybody(), Map.of(), refreshBody(token));
    }

    static ObjectNode refreshBody(String token) {
        return Json.object().put("refresh_token", token);
    }

    /** A call by an admin with every permission. */
    JsonNode asAdmin(String address, Map<String, String> params, String body) {
        return platform.ok(address, TestPlatform.admin(), params, body == null ? null : TestPlatform.json(body));
    }

    /** A call by an admin with every permission that is refused. */
    ErrorCode refusedAsAdmin(String address, Map<String, String> params, String body) {
        return platform.refused(address, TestPlatform.admin(), params, body == null ? null : TestPlatform.json(body));
    }

    boolean isRevoked(String sessionId) {
        return platform.number(
                        "SELECT count(*) FROM session_revocation r JOIN kv_store_44a642d3 s ON s.key = 'session:' || r.session_id"
                                + " WHERE r.session_id = ?::uuid AND s.status = 'revoked'",
                        sessionId)
                == 1;
    }

    @Override
    public void close() {
        platform.close();
    }
}
