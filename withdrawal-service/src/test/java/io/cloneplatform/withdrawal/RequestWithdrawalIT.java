package io.cloneplatform.withdrawal;

import static io.cloneplatform.withdrawal.WithdrawalFixture.money;
import static io.cloneplatform.withdrawal.WithdrawalFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestDatabase;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RequestWithdrawalIT {
    private static WithdrawalFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new WithdrawalFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void movesTheAmountFromAvailableToHeldAtOnce() {
        Member member = fixture.memberWith(150_000);
        JsonNode answer = fixture.withdraw(member, "200.5");
        assertThat(answer.get("success").asBoolean()).isTrue();
        assertThat(answer.get("message").asText()).isEqualTo("Withdrawal requested.");
        assertThat(money(answer.get("newBalance"))).isEqualTo(new Money(129_950));
        assertThat(fixture.platform.balance(member)).isEqualTo(129_950);
        assertThat(fixture.platform.held(member)).isEqualTo(20_050);
    }

    @Test
    void storesTheWithdrawalAsItIsAnswered() {
        Member member = fixture.memberWith(10_000);
        JsonNode withdrawal = fixture.withdraw(member, "12.34").get("withdrawal");
        assertThat(fixture.document(member, withdrawal.get("id").asText())).isEqualTo(withdrawal);
        assertThat(withdrawal.get("userId").asText()).isEqualTo(member.id().toString());
        assertThat(withdrawal.get("userEmail").asText()).endsWith("@example.com");
        assertThat(withdrawal.get("userName").asText()).isEqualTo(member.name());
        assertThat(withdrawal.get("amount").decimalValue()).isEqualByComparingTo("12.34");
        assertThat(withdrawal.get("status").asText()).isEqualTo("pending");
        assertThat(withdrawal.get("requestedAt").asText())
                .matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z");
        assertThat(Stream.of("approvedAt", "deniedAt", "denialReason").map(withdrawal::get))
                .allMatch(JsonNode::isNull);
    }

    @Test
    void letsTheWholeBalanceGo() {
        Member member = fixture.memberWith(777);
        assertThat(money(fixture.withdraw(member, "7.77").get("newBalance"))).isEqualTo(Money.ZERO);
    }

    @Test
    void refusesMoreThanIsAvailableNamingIt() {
        Member member = fixture.memberWith(10_000);
        fixture.withdraw(member, "58.99");
        Reply.Refused refused = fixture.refusal(member.caller(), request("41.02"));
        assertThat(refused.code()).isEqualTo(ErrorCode.INSUFFICIENT_BALANCE);
        assertThat(refused.message()).isEqualTo("Insufficient balance. Available: $41.01");
        assertThat(fixture.platform.balance(member)).isEqualTo(4_101);
    }

    @Test
    void refusesAnAmountThatIsNotPositive() {
        Member member = fixture.memberWith(100);
        for (String amount : List.of("0", "-1")) {
            assertThat(fixture.refusal(member.caller(), request(amount)).code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
        }
    }

    @Test
    void refusesMissingFieldsAndAmountsThatAreNoMoney() {
        Member member = fixture.memberWith(100);
        List<JsonNode> bodies = List.of(
                Json.object(),
                Json.object().put("amount", 1),
                Json.object().put("withdrawalPassword", WithdrawalFixture.PASSWORD),
                request("0.001"),
                request("1000000000001"));
        for (JsonNode body : bodies) {
            assertThat(fixture.refusal(member.caller(), body).code())
                    .as(body.toString())
                    .isEqualTo(ErrorCode.VALIDATION_FAILED);
        }
    }

    @Test
    void refusesAWrongWithdrawalPassword() {
        Member member = fixture.memberWith(100);
        Reply.Refused refused =
                fixture.refusal(member.caller(), request("1").put("withdrawalPassword", "something else"));
        assertThat(refused.code()).isEqualTo(ErrorCode.WRONG_WITHDRAWAL_PASSWORD);
        assertThat(fixture.platform.held(member)).isZero();
    }

    @Test
    void tellsHowToSetAWithdrawalPasswordWhereThereIsNone() {
        Member member = fixture.platform.member("m" + Ids.next(), null);
        Reply.Refused refused = fixture.refusal(member.caller(), request("1"));
        assertThat(refused.code()).isEqualTo(ErrorCode.WITHDRAWAL_PASSWORD_NOT_SET);
        assertThat(refused.message()).contains("PUT /withdrawal-password");
    }

    @Test
    void refusesAFrozenAccountNamingTheReason() {
        Member member = fixture.memberWith(100);
        freeze(member);
        Reply.Refused refused = fixture.refusal(member.caller(), request("1"));
        assertThat(refused.code()).isEqualTo(ErrorCode.ACCOUNT_FROZEN);
        assertThat(refused.message()).contains("identity check");
        assertThat(fixture.platform.balance(member)).isEqualTo(100);
    }

    private static void freeze(Member member) {
        fixture.platform.execute(FREEZE.formatted(member.id()));
    }

    private static final String FREEZE =
            """
            UPDATE kv_store_44a642d3
            SET value = value || '{"accountFrozen": true, "freezeReason": "identity check"}'
            WHERE key = 'user:%s'
            """;

    @Test
    void seesAFreezeThatCommitsWhileItWaitsForTheAccount() throws SQLException {
        Member member = fixture.memberWith(100);
        try (Connection freezing = TestDatabase.connect(fixture.platform.url());
                Statement statement = freezing.createStatement()) {
            freezing.setAutoCommit(false);
            statement.execute("SELECT FROM ledger_account WHERE id = '" + member.id() + "' FOR NO KEY UPDATE");
            Future<Reply> reply = send(member, "1", null);
            awaitBlockedStatement();
            statement.execute(FREEZE.formatted(member.id()));
            freezing.commit();
            assertThat(reply.await()).isInstanceOfSatisfying(Reply.Refused.class, refused -> assertThat(refused.code())
                    .isEqualTo(ErrorCode.ACCOUNT_FROZEN));
        }
        assertThat(fixture.platform.held(member)).isZero();
    }

    private static void awaitBlockedStatement() {
        while (fixture.platform.number(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
                == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void parallelRequestsAboveTheBalanceTakeExactlyWhatItCovers() {
        Member member = fixture.memberWith(7_999);
        List<Future<Reply>> calls =
                Stream.generate(() -> send(member, "10", null)).limit(20).toList();
        assertThat(WithdrawalFixture.succeeded(calls)).isEqualTo(7);
        assertThat(fixture.platform.balance(member)).isEqualTo(999);
        assertThat(fixture.platform.held(member)).isEqualTo(7_000);
        assertThat(fixture.history(member, Map.of()).get("total").asLong()).isEqualTo(7);
    }

    @Test
    void aRepeatedKeyHoldsTheMoneyOnce() {
        Member member = fixture.memberWith(100);
        List<Future<Reply>> calls =
                Stream.generate(() -> send(member, "1", "retry-1")).limit(5).toList();
        assertThat(WithdrawalFixture.succeeded(calls)).isEqualTo(5);
        assertThat(fixture.platform.held(member)).isEqualTo(100);
    }

    @Test
    void aMemberWhoIsGoneIsNotAuthenticated() {
        Member member = fixture.memberWith(0);
        Member nobody = new Member(Ids.next(), "nobody", null);
        fixture.platform.execute(
                "INSERT INTO credential SELECT ?, password_hash, withdrawal_password_hash FROM credential WHERE subject_id = ?",
                nobody.id(),
                member.id());
        assertThat(fixture.refusal(nobody.caller(), request("1")).code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void showsTheRequestOnTheMembersDocument() {
        Member member = fixture.memberWith(1_000);
        fixture.withdraw(member, "4");
        JsonNode user = fixture.platform.document(Keys.user(member.id()));
        assertThat(money(user.get("balance"))).isEqualTo(new Money(600));
        assertThat(money(user.get("heldBalance"))).isEqualTo(new Money(400));
    }

    private static Future<Reply> send(Member member, String amount, String idempotencyKey) {
        return fixture.platform.send(
                Addresses.WITHDRAWAL_REQUEST, member.caller(), Map.of(), request(amount), idempotencyKey);
    }
}
