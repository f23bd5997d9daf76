package io.cloneplatform.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetTest {
    private static Round round() {
        Round round = new Round();
        round.add("fast", new Sample(300, 1, 2, 40, 0, null));
        round.add("slow", Sample.rate(100));
        return round;
    }

    @Test
    void aRatioComparesTwoStepsOfOneRound() {
        Target target = Target.ratio("fast", "slow", 3.0);
        assertThat(target.value().applyAsDouble(round())).isEqualTo(3);
        assertThat(target.wanted()).isEqualTo(">= 3.0 x");
        assertThat(target.isMet(3)).isTrue();
        assertThat(target.isMet(2.99)).isFalse();
    }

    @Test
    void aTimeIsAtMost() {
        Target target = Target.p99("fast", 40);
        assertThat(target.value().applyAsDouble(round())).isEqualTo(40);
        assertThat(target.wanted()).isEqualTo("<= 40.0 ms");
        assertThat(target.isMet(40)).isTrue();
        assertThat(target.isMet(40.1)).isFalse();
    }
}
