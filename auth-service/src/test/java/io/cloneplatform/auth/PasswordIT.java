package io.cloneplatform.auth;

import static io.cloneplatform.auth.AuthFixture.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.auth.AuthFixture.SignedUp;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PasswordIT {
    private static final String NEW = "staple battery horse";

    private static AuthFixture auth;

    @BeforeAll
    static void start() {
        auth = new AuthFixture();
    }

    @AfterAll
    static void stop() {
        auth.close();
    }

    private static ObjectNode change(String current, String next) {
        return Json.object().put("currentPassword", current).put("newPassword", next);
    }

    private static ErrorCode refusedWithdrawalPassword(SignedUp member, ObjectNode body) {
        return auth.platform.refused(Addresses.AUTH_WITHDRAWAL_PASSWORD_SET, member.caller(), Map.of(), body);
    }

    private static void setWithdrawalPassword(SignedUp member, ObjectNode body) {
        auth.platform.ok(Addresses.AUTH_WITHDRAWAL_PASSWORD_SET, member.caller(), Map.of(), body);
    }

    @Test
    void changingItEndsOtherSessionsAndKeepsThisOne() throws InterruptedException {
        SignedUp member = auth.signup();
        JsonNode other = auth.signin(member.email(), PASSWORD).get("session");
        auth.platform.ok(Addresses.AUTH_PASSWORD_CHANGE, member.caller(), Map.of(), change(PASSWORD, NEW));

        assertThat(auth.refusedRefresh(other.get("refresh_token").asText())).isEqualTo(ErrorCode.UNAUTHENTICATED);
        auth.refresh(member.refreshToken());
        assertThat(auth.revocations.hears(other.get("refresh_token").asText().split("\\.", 2)[0]))
                .isTrue();
        auth.signin(member.email(), NEW);
        assertThat(auth.refusedSignin(member.email(), PASSWORD).code()).isEqualTo(ErrorCode.INVALID_CREDENTIALS);
    }

    @Test
    void asksForTheCurrentOne() {
        SignedUp member = auth.signup();
        Reply.Refused refusal = auth.platform.refusal(
                Addresses.AUTH_PASSWORD_CHANGE, member.caller(), Map.of(), change("not the password", NEW));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CREDENTIALS);
        auth.signin(member.email(), PASSWORD);
    }

    @Test
    void onlyOneOfManyParallelChangesWins() {
        SignedUp member = auth.signup();
        List<Future<Reply>> replies = IntStream.range(0, 5)
                .mapToObj(i -> auth.send(Addresses.AUTH_PASSWORD_CHANGE, member.caller(), change(PASSWORD, NEW + i)))
                .toList();
        Future.all(replies).await();
        assertThat(replies)
                .extracting(Future::result)
                .filteredOn(Reply.Done.class::isInstance)
                .hasSize(1);
    }

    @Test
    void aRetryUnderTheSameKeySucceedsThoughTheOldPasswordIsGone() {
        SignedUp member = auth.signup();
        for (int i = 0; i < 2; i++) {
            Reply reply = auth.platform
                    .send(Addresses.AUTH_PASSWORD_CHANGE, member.caller(), Map.of(), change(PASSWORD, NEW), "change-1")
                    .await();
            assertThat(reply).isInstanceOf(Reply.Done.class);
        }
    }

    @Test
    void aFirstWithdrawalPasswordNeedsNoOther() {
        SignedUp member = auth.signup();
        setWithdrawalPassword(member, Json.object().put("withdrawalPassword", "a separate secret"));
        assertThat(auth.platform.number(
                        "SELECT count(withdrawal_password_hash) FROM credential WHERE subject_id = ?", member.id()))
                .isEqualTo(1);
    }

    @Test
    void aSetWithdrawalPasswordIsNeededToChangeIt() {
        SignedUp member = auth.signup(AuthFixture.signupBody().put("withdrawalPassword", "a separate secret"));
        ObjectNode body = Json.object().put("withdrawalPassword", "another secret");
        assertThat(refusedWithdrawalPassword(member, body)).isEqualTo(ErrorCode.WRONG_WITHDRAWAL_PASSWORD);
        assertThat(refusedWithdrawalPassword(member, body.deepCopy().put("currentWithdrawalPassword", "wrong")))
                .isEqualTo(ErrorCode.WRONG_WITHDRAWAL_PASSWORD);
        setWithdrawalPassword(member, body.deepCopy().put("currentWithdrawalPassword", "a separate secret"));
    }

    @Test
    void aGivenAccountPasswordHasToBeRight() {
        SignedUp member = auth.signup();
        ObjectNode body = Json.object().put("withdrawalPassword", "a separate secret");
        assertThat(refusedWithdrawalPassword(member, body.deepCopy().put("password", "wrong")))
                .isEqualTo(ErrorCode.INVALID_CREDENTIALS);
        setWithdrawalPassword(member, body.deepCopy().put("password", PASSWORD));
    }
}
