package io.cloneplatform.earnings.analytics;

import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.EarningsService;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept between reads, in two processes on one database. */
class FreshnessIT {
    private EarningsPlatform one;
    private EarningsPlatform other;

    @BeforeEach
    void start() {
        one = EarningsPlatform.start();
        other = new EarningsPlatform(one.platform().another(List.of(new EarningsService())));
    }

    @AfterEach
    void stop() {
        other.close();
        one.close();
    }

    @Test
    void whatOneProcessPostedEveryProcessShowsItsMemberAtOnce() {
        Member parent = one.member(null);
        Member child = one.member(parent);
        for (int i = 1; i <= 20; i++) {
            one.submit(child, "100");
            for (EarningsPlatform process : List.of(other, one)) {
                assertThat(lastPoint(process.read(Addresses.EARNINGS_ANALYTICS, parent)))
                        .isEqualTo(i * 1_000L);
                JsonNode month =
                        process.read(Addresses.EARNINGS_MONTHLY_REPORT, child).get("currentMonth");
                assertThat(month.get("products").asInt()).isEqualTo(i);
                assertThat(minor(month.get("earned"))).isEqualTo(i * 8_000L);
                assertThat(commission(process.read(Addresses.EARNINGS_LEADERBOARD, parent), parent))
                        .isEqualTo(i * 1_000L);
            }
        }
    }

    @Test
    void whatIsTakenBackIsGoneEverywhere() {
        Member parent = one.member(null);
        Member child = one.member(parent);
        String product = one.submit(child, "100").at("/product/id").asText();
        assertThat(commission(other.read(Addresses.EARNINGS_LEADERBOARD, parent), parent))
                .isEqualTo(1_000);
        one.asAdmin(Addresses.EARNINGS_REVERSE, "{'transferId':'" + product + "','reason':'not delivered'}");
        assertThat(commission(other.read(Addresses.EARNINGS_LEADERBOARD, parent), parent))
                .isZero();
        assertThat(lastPoint(other.read(Addresses.EARNINGS_ANALYTICS, parent))).isZero();
    }

    @Test
    void aMemberWhoComesAmongTheFirstFiftySeesItAndOneWhoLeavesToo() {
        List<Member> first =
                IntStream.range(0, 50).mapToObj(i -> one.member(null)).toList();
        first.forEach(parent -> one.submit(one.member(parent), "10"));
        Member late = one.member(null);
        assertThat(other.read(Addresses.EARNINGS_LEADERBOARD, late)
                        .get("userRank")
                        .asInt())
                .isEqualTo(51);
        one.submit(one.member(late), "20");
        JsonNode board = other.read(Addresses.EARNINGS_LEADERBOARD, late);
        assertThat(board.at("/leaderboard/0/userId").asText())
                .isEqualTo(late.id().toString());
        assertThat(board.get("userRank").asInt()).isEqualTo(1);
        assertThat(board.get("leaderboard")).hasSize(50);
    }

    @Test
    void theLeaderboardIsKeptForThoseWhomTheChangeDoesNotConcern() {
        Member parent = one.member(null);
        Member stranger = one.member(null);
        one.submit(one.member(parent), "10");
        assertThat(commission(other.read(Addresses.EARNINGS_LEADERBOARD, stranger), parent))
                .isEqualTo(100);
        one.submit(one.member(parent), "10");
        assertThat(commission(other.read(Addresses.EARNINGS_LEADERBOARD, stranger), parent))
                .isEqualTo(100);
        assertThat(commission(other.read(Addresses.EARNINGS_LEADERBOARD, parent), parent))
                .isEqualTo(200);
        assertThat(commission(other.read(Addresses.EARNINGS_LEADERBOARD, stranger), parent))
                .isEqualTo(200);
    }

    private static long lastPoint(JsonNode answer) {
        return minor(answer.at("/trend/11/earned"));
    }

    private static long commission(JsonNode board, Member member) {
        return StreamSupport.stream(board.get("leaderboard").spliterator(), false)
                .filter(place -> place.get("userId").asText().equals(member.id().toString()))
                .mapToLong(place -> minor(place.get("totalProfitFromChildren")))
                .findFirst()
                .orElseThrow();
    }
}
