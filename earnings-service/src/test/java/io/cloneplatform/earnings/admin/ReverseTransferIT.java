package io.cloneplatform.earnings.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReverseTransferIT {
    private static EarningsPlatform earnings;

    @BeforeAll
    static void start() {
        earnings = EarningsPlatform.start();
    }

    @AfterAll
    static void stop() {
        earnings.assertBooksBalance();
        earnings.close();
    }

    private static String adjusted(Member member, String amount) {
        return earnings.asAdmin(
                        Addresses.EARNINGS_ADJUST_BALANCE,
                        "{'userId':'" + member.id() + "','amount':" + amount + ",'reason':'Goodwill'}")
                .at("/adjustment/id")
                .asText();
    }

    private static JsonNode order(String transfer) {
        return TestPlatform.json("{'transferId':'" + transfer + "','reason':'A mistake'}");
    }

    private static ErrorCode refused(String transfer) {
        return earnings.platform().refused(Addresses.EARNINGS_REVERSE, TestPlatform.admin(), Map.of(), order(transfer));
    }

    @Test
    void postsTheOppositeWhichNamesTheFirst() {
        Member member = earnings.member(null);
        String first = adjusted(member, "12.5");
        String second = earnings.platform()
                .ok(Addresses.EARNINGS_REVERSE, TestPlatform.admin(), Map.of(), order(first))
                .at("/transfer/id")
                .asText();
        assertThat(earnings.platform().balance(member)).isZero();
        assertThat(earnings.platform()
                        .number(
                                "SELECT count(*) FROM ledger_transfer WHERE id = ? AND reverses = ? AND memo = 'A mistake'",
                                UUID.fromString(second),
                                UUID.fromString(first)))
                .isEqualTo(1);
        assertThat(refused(second)).as("a reversal of a reversal").isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void happensOnceHoweverManyAdminsAskForIt() {
        Member member = earnings.member(null);
        earnings.platform().credit(member, 5_000);
        String first = adjusted(member, "7");
        List<Future<Reply>> calls = IntStream.range(0, 20)
                .mapToObj(i -> earnings.platform()
                        .send(Addresses.EARNINGS_REVERSE, TestPlatform.admin(), Map.of(), order(first), null))
                .toList();
        assertThat(calls.stream().map(call -> call.await()).filter(Reply.Done.class::isInstance))
                .hasSize(1);
        assertThat(earnings.platform().balance(member)).isEqualTo(5_000);
    }

    @Test
    void neverTakesABalanceBelowZero() {
        Member member = earnings.member(null);
        String first = adjusted(member, "10");
        adjusted(member, "-4");
        assertThat(refused(first)).isEqualTo(ErrorCode.INSUFFICIENT_BALANCE);
        assertThat(earnings.platform().balance(member)).isEqualTo(600);
    }

    @Test
    void leavesWhatMembersEarnedAlone() {
        Member member = earnings.member(null);
        String submission = earnings.submit(member, "10").at("/product/id").asText();
        assertThat(refused(submission)).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(refused(UUID.randomUUID().toString())).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refused("no id")).isEqualTo(ErrorCode.NOT_FOUND);
    }
}
