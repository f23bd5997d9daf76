package io.cloneplatform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.auth.AuthFixture.SignedUp;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.json.Ids;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An admin gives a member a password, and nobody else one. */
class UserPasswordIT {
    private static final String NEW = "staple battery";

    private static AuthFixture auth;

    @BeforeAll
    static void start() {
        auth = new AuthFixture();
    }

    @AfterAll
    static void stop() {
        auth.close();
    }

    private static Map<String, String> id(Object id) {
        return Map.of("id", id.toString());
    }

    @Test
    void theNewPasswordCountsAndEndsSessions() {
        SignedUp member = auth.signup();
        String refreshToken = auth.signin(member.email(), AuthFixture.PASSWORD)
                .at("/session/refresh_token")
                .asText();
        auth.asAdmin(Addresses.AUTH_USERS_PASSWORD, id(member.id()), "{'password':'" + NEW + "'}");
        assertThat(auth.refusedRefresh(refreshToken)).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(auth.refusedSignin(member.email(), AuthFixture.PASSWORD).code())
                .isEqualTo(ErrorCode.INVALID_CREDENTIALS);
        assertThat(auth.signin(member.email(), NEW).at("/user/id").asText())
                .isEqualTo(member.id().toString());
    }

    @Test
    void nobodyButMembersIsFound() {
        SignedUp removed = auth.signup();
        auth.asAdmin(Addresses.AUTH_USERS_DELETE, id(removed.id()), null);
        Object admin = auth.asAdmin(
                        Addresses.AUTH_ACCOUNTS_CREATE,
                        Map.of(),
                        "{'username':'reset-target','password':'Password123','name':'A','permissions':['users.view']}")
                .at("/account/id")
                .asText();
        for (Object id : List.of(removed.id(), admin, Ids.next(), "nonsense")) {
            assertThat(auth.refusedAsAdmin(Addresses.AUTH_USERS_PASSWORD, id(id), "{'password':'" + NEW + "'}"))
                    .isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void refusesAShortPasswordAndKeepsItOutOfTheAudit() {
        SignedUp member = auth.signup();
        assertThat(auth.refusedAsAdmin(Addresses.AUTH_USERS_PASSWORD, id(member.id()), "{'password':'short'}"))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
        auth.asAdmin(Addresses.AUTH_USERS_PASSWORD, id(member.id()), "{'password':'never written down'}");
        assertThat(auth.platform.number("SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'audit:%'"
                        + " AND value ->> 'operation' = 'auth.users.password'"))
                .isPositive();
        assertThat(auth.platform.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE value::text LIKE '%never written down%'"))
                .isZero();
    }
}
