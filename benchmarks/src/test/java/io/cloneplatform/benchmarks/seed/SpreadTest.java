package io.cloneplatform.benchmarks.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void takesMembersFromBothEnds() {
        Spread spread = Spread.over(101, 1_000, 100);
        assertThat(spread).isEqualTo(new Spread(101, 9, 100));
        assertThat(spread.numbers())
                .hasSize(100)
                .doesNotHaveDuplicates()
                .contains(101L, 992L)
                .isEqualTo(spread.numbers())
                .isNotEqualTo(spread.numbers().stream().sorted().toList());
    }

    @Test
    void staysInsideAndTakesEvenAndOddNumbers() {
        assertThat(Spread.over(1, 80, 10).numbers()).allMatch(n -> n >= 1 && n <= 80);
        assertThat(Spread.over(1, 80, 10).stride()).isEqualTo(7);
        assertThat(Spread.over(5, 8, 10).numbers()).containsExactlyInAnyOrder(5L, 6L, 7L, 8L);
    }

    @Test
    void tellsTheBaselineTheSameMembers() {
        assertThat(Spread.over(113, 10_112, 1_000).variables())
                .isEqualTo(Map.of("first", 113L, "stride", 9L, "submitters", 1_000L));
    }
}
