package io.cloneplatform.earnings.bonus;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.json.Money;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RuleTest {
    private static final List<Long> THRESHOLDS = List.of(0L, 50_000L, 200_000L, 500_000L, 1_000_000L);

    private static BonusFacts facts(int tier, long direct, long indirect, long products, long month, long earned) {
        return new BonusFacts(tier, THRESHOLDS, direct, indirect, products, month, new Money(earned));
    }

    private static List<String> met(BonusFacts facts) {
        return Bonus.ALL.stream()
                .filter(bonus -> bonus.rule().met().test(facts))
                .map(Bonus::id)
                .toList();
    }

    private static int progress(String bonus, BonusFacts facts) {
        return Bonus.of(bonus).orElseThrow().rule().progress().applyAsInt(facts);
    }

    @Test
    void theAmountsAreThoseOfTheContract() {
        Map<String, Long> amounts = Bonus.ALL.stream()
                .collect(Collectors.toMap(Bonus::id, bonus -> bonus.amount().minor() / 100));
        assertThat(amounts)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("tier_silver", 150L),
                        Map.entry("tier_gold", 300L),
                        Map.entry("tier_platinum", 500L),
                        Map.entry("tier_diamond", 1000L),
                        Map.entry("referral_5", 25L),
                        Map.entry("referral_10", 50L),
                        Map.entry("referral_25", 100L),
                        Map.entry("referral_50", 200L),
                        Map.entry("products_10", 25L),
                        Map.entry("products_50", 100L),
                        Map.entry("products_100", 250L),
                        Map.entry("volume_1k", 100L),
                        Map.entry("volume_5k", 500L),
                        Map.entry("volume_10k", 1000L),
                        Map.entry("network_depth", 200L)));
    }

    @Test
    void eachIsMetExactlyAtItsGoal() {
        assertThat(met(facts(0, 4, 4, 9, 99_999, 499_999))).isEmpty();
        assertThat(met(facts(1, 5, 5, 10, 100_000, 500_000)))
                .containsExactly("tier_silver", "referral_5", "products_10", "volume_1k", "volume_5k", "network_depth");
        assertThat(met(facts(4, 50, 5, 100, 100_000, 1_000_000))).hasSameSizeAs(Bonus.ALL);
    }

    @Test
    void progressIsOneHundredOnlyWhenTheRuleIsMet() {
        assertThat(progress("referral_5", facts(0, 2, 0, 0, 0, 0))).isEqualTo(40);
        assertThat(progress("volume_10k", facts(0, 0, 0, 0, 0, 999_999))).isEqualTo(99);
        assertThat(progress("volume_10k", facts(0, 0, 0, 0, 0, 1_000_000))).isEqualTo(100);
        assertThat(progress("volume_1k", facts(0, 0, 0, 0, -5, 0))).isZero();
        assertThat(progress("tier_gold", facts(1, 0, 0, 0, 0, 100_000))).isEqualTo(50);
        assertThat(progress("tier_gold", facts(0, 0, 0, 0, 0, 900_000))).isEqualTo(99);
        assertThat(progress("tier_gold", facts(3, 0, 0, 0, 0, 0))).isEqualTo(100);
    }
}
