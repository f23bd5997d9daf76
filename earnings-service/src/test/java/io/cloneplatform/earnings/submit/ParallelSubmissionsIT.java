package io.cloneplatform.earnings.submit;

import static io.cloneplatform.earnings.testing.EarningsPlatform.answers;
import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ParallelSubmissionsIT {
    private static final CommissionSplit SPLIT = new CommissionSplit(List.of(80, 10, 5, 5));
    private static EarningsPlatform earnings;

    @BeforeAll
    static void start() {
        earnings = EarningsPlatform.start("DAILY_CREDIT_CAP", "1000");
    }

    @AfterAll
    static void stop() {
        earnings.assertBooksBalance();
        earnings.close();
    }

    @Test
    void sixteenSubmittersUnderOneUplineLoseNoCent() {
        List<Member> upline = earnings.line(3);
        List<Member> submitters = IntStream.range(0, 16)
                .mapToObj(i -> earnings.member(upline.get(2)))
                .toList();
        List<Future<Reply>> calls = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            submitters.forEach(member -> calls.add(earnings.submitting(member, "3.33")));
        }
        answers(calls);
        long[] shares = SPLIT.shares(333);
        assertThat(submitters)
                .allSatisfy(member ->
                        assertThat(earnings.platform().balance(member)).isEqualTo(5 * shares[0]));
        assertThat(earnings.platform().balance(upline.get(2))).isEqualTo(80 * shares[1]);
        assertThat(earnings.platform().balance(upline.get(1))).isEqualTo(80 * shares[2]);
        assertThat(earnings.platform().balance(upline.get(0))).isEqualTo(80 * shares[3]);
    }

    @Test
    void aLineThatSubmitsAtOnceDoesNotDeadlock() {
        List<Member> line = earnings.line(3);
        List<Future<Reply>> calls = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            line.forEach(member -> calls.add(earnings.submitting(member, "9.99")));
        }
        answers(calls);
        long[] shares = SPLIT.shares(999);
        assertThat(earnings.platform().balance(line.get(2))).isEqualTo(20 * shares[0]);
        assertThat(earnings.platform().balance(line.get(1))).isEqualTo(20 * (shares[0] + shares[1]));
        assertThat(earnings.platform().balance(line.get(0))).isEqualTo(20 * (shares[0] + shares[1] + shares[2]));
    }

    @Test
    void oneMembersParallelSubmissionsStayWithinTheDailyCap() {
        List<Member> line = earnings.line(2);
        List<Future<Reply>> calls = IntStream.range(0, 32)
                .mapToObj(i -> earnings.submitting(line.get(1), "60"))
                .toList();
        List<JsonNode> answers = answers(calls);
        assertThat(answers.stream()
                        .filter(answer -> answer.at("/product/status").asText().equals("credited")))
                .hasSize(16);
        assertThat(earnings.platform().balance(line.get(1))).isEqualTo(16 * 4_800);
        assertThat(minor(earnings.platform()
                        .document(Keys.referral(line.get(0).id(), line.get(1).id()))
                        .get("totalSharedProfit")))
                .isEqualTo(16 * 600);
    }

    @Test
    void everyAnswerNamesTheBalanceRightAfterItsOwnCredit() {
        Member member = earnings.member(null);
        List<Future<Reply>> calls = IntStream.range(0, 10)
                .mapToObj(i -> earnings.submitting(member, "10"))
                .toList();
        assertThat(answers(calls).stream().map(answer -> minor(answer.get("newBalance"))))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 10).mapToObj(i -> 800L * i).toList());
    }
}
