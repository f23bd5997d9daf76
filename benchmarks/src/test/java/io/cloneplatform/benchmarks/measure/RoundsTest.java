package io.cloneplatform.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final List<String> measured = new ArrayList<>();

    private Step step(String name) {
        return new Step(name, round -> {
            measured.add(name);
            return Sample.rate(measured.size());
        });
    }

    private static Scenario scenario(Step... steps) {
        return new Scenario(List.of(steps), List.of());
    }

    private static Rounds rounds(Scenario... scenarios) {
        return new Rounds(List.of(scenarios), () -> {}, line -> {});
    }

    @Test
    void everyRoundTakesEveryStepOnce() {
        Rounds rounds = rounds(scenario(step("a"), step("b")), scenario(step("a"), step("c")));
        assertThat(rounds.measure(2)).hasSize(2);
        assertThat(measured).containsExactly("a", "b", "c", "a", "b", "c", "a", "b", "c");
    }

    @Test
    void theWarmUpDoesNotCount() {
        List<Round> counted = rounds(scenario(step("a"))).measure(1);
        assertThat(counted.get(0).of("a").perSecond()).isEqualTo(2);
    }

    @Test
    void aStepSeesWhatItsRoundHasMeasuredBefore() {
        Step half = new Step("half", round -> Sample.rate(round.of("a").perSecond() / 2));
        List<Round> counted = rounds(scenario(step("a"), half)).measure(3);
        assertThat(Rounds.median(counted, round -> round.of("half").perSecond()))
                .isEqualTo(1.5);
        assertThatThrownBy(() -> counted.get(0).of("unknown")).hasMessageContaining("unknown");
    }

    @Test
    void everyMeasurementBeginsAlike() {
        new Rounds(List.of(scenario(step("a"), step("b"))), () -> measured.add("before"), line -> {}).measure(0);
        assertThat(measured).containsExactly("before", "a", "before", "b");
    }

    @Test
    void theMedianIsTheMiddle() {
        List<Round> counted = rounds(scenario(step("a"))).measure(4);
        assertThat(Rounds.median(counted, round -> round.of("a").perSecond())).isEqualTo(3.5);
        assertThat(Rounds.median(counted.subList(0, 3), round -> -round.of("a").perSecond()))
                .isEqualTo(-3);
    }
}
