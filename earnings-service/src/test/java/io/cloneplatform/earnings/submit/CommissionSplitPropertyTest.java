package io.cloneplatform.earnings.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.json.Money;
import io.cloneplatform.earnings.ledger.Transfer;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class CommissionSplitPropertyTest {
    private static final CommissionSplit SPLIT = new CommissionSplit(List.of(80, 10, 5, 5));
    private static final UUID PRODUCT = new UUID(9, 9);

    @Provide
    Arbitrary<List<Integer>> percentages() {
        return Arbitraries.integers().between(0, 100).list().ofSize(3).map(cuts -> {
            List<Integer> sorted = cuts.stream().sorted().toList();
            return List.of(
                    sorted.get(0), sorted.get(1) - sorted.get(0), sorted.get(2) - sorted.get(1), 100 - sorted.get(2));
        });
    }

    @Property
    void anySplitAddsUpAndGivesNothingToAShareOfZero(
            @ForAll("percentages") List<Integer> percent,
            @ForAll @LongRange(min = 0, max = 100_000_000_000_000L) long value) {
        long[] shares = new CommissionSplit(percent).shares(value);
        assertThat(LongStream.of(shares).sum()).isEqualTo(value);
        for (int level = 0; level < shares.length; level++) {
            assertThat(shares[level]).isNotNegative();
            assertThat(Math.abs(100 * shares[level] - percent.get(level) * value))
                    .isLessThan(100);
            if (percent.get(level) == 0) {
                assertThat(shares[level]).isZero();
            }
        }
    }

    @Property
    void theTransferOfAnyDepthSumsToZeroAndPaysThePlatformWhatNobodyIsThereToReceive(
            @ForAll @LongRange(min = 1, max = 100_000_000) long value, @ForAll @IntRange(min = 0, max = 3) int depth) {
        Credit credit = Credit.of(PRODUCT, CommissionSplitTest.line(depth), new Money(value), SPLIT);
        long[] shares = SPLIT.shares(value);
        assertThat(CommissionSplitTest.sum(credit.transfer())).isZero();
        assertThat(credit.own().minor()).isEqualTo(shares[0]);
        assertThat(credit.cascade()).hasSize(depth);
        long platform = credit.transfer().entries().stream()
                .filter(entry -> entry.role().equals("platform"))
                .mapToLong(Transfer.Entry::amount)
                .sum();
        assertThat(platform).isEqualTo(LongStream.of(shares).skip(depth + 1L).sum());
    }
}
