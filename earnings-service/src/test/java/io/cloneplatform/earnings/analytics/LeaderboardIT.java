package io.cloneplatform.earnings.analytics;

import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaderboardIT {
    private EarningsPlatform earnings;

    @BeforeEach
    void start() {
        earnings = EarningsPlatform.start();
    }

    @AfterEach
    void stop() {
        earnings.close();
    }

    @Test
    void theLeaderboardRanksByCommissionAndEqualsShareTheBetterRank() {
        List<Member> parents =
                IntStream.range(0, 4).mapToObj(i -> earnings.member(null)).toList();
        List.of("30", "20", "20").forEach(value -> {
            Member parent = parents.get(List.of("30", "20", "20").indexOf(value));
            earnings.submit(earnings.member(parent), value);
        });
        earnings.submit(earnings.member(parents.get(2)), "20");
        earnings.submit(earnings.member(parents.get(1)), "0.01");
        earnings.submit(parents.get(3), "1000");
        JsonNode board = earnings.read(Addresses.EARNINGS_LEADERBOARD, parents.get(0));
        assertThat(minor(board.at("/leaderboard/0/totalProfitFromChildren"))).isEqualTo(400);
        assertThat(board.at("/leaderboard/0/userId").asText())
                .isEqualTo(parents.get(1).id().toString());
        assertThat(board.at("/leaderboard/0/childCount").asInt()).isEqualTo(3);
        assertThat(board.at("/leaderboard/0/vipTier").asText()).isEqualTo("Normal");
        assertThat(board.get("userRank").asInt()).isEqualTo(2);
        assertThat(rank(parents.get(2))).isEqualTo(3);
        assertThat(rank(parents.get(3))).isEqualTo(4);
        assertThat(rank(earnings.member(parents.get(3)))).isEqualTo(4);
    }

    @Test
    void theLeaderboardEndsAtFiftyAndRanksThoseBelowToo() {
        Member last = null;
        for (int i = 0; i < 52; i++) {
            last = earnings.member(null);
            earnings.submit(earnings.member(last), Integer.toString(100 - i));
        }
        JsonNode board = earnings.read(Addresses.EARNINGS_LEADERBOARD, last);
        assertThat(board.get("leaderboard")).hasSize(50);
        assertThat(board.get("userRank").asInt()).isEqualTo(52);
    }

    @Test
    void everybodysRankIsTheOneThatCountingGives() {
        Random random = new Random(7);
        List<Member> parents = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            Member parent = earnings.member(null);
            parents.add(parent);
            if (i % 10 > 0) {
                // Commissions of 0.01 to 40.00: many share one of the platform's ranks, and some are equal.
                earnings.submit(
                        earnings.member(parent),
                        BigDecimal.valueOf(random.nextInt(10, 40_000), 2).toString());
                earnings.submit(earnings.member(parent), i % 3 == 0 ? "10" : "20");
            }
        }
        for (Member parent : parents) {
            assertThat((long) rank(parent))
                    .isEqualTo(earnings.platform()
                            .number(
                                    "SELECT 1 + count(*) FROM ledger_account WHERE kind = 'member' AND commission > (SELECT commission FROM ledger_account WHERE id = ?)",
                                    parent.id()));
        }
        earnings.assertBooksBalance();
    }

    private int rank(Member member) {
        return earnings.read(Addresses.EARNINGS_LEADERBOARD, member)
                .get("userRank")
                .asInt();
    }
}
