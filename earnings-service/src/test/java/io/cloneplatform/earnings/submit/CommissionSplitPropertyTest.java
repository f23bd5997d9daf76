package io.cloneplatform.earnings.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.json.Money;
import io.cloneplatform.earnings.ledger.Transfer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Whatever the percentages, the value and the line are: the shares add up, and the transfer pays exactly them. */
class CommissionSplitPropertyTest {
    private static final UUID PRODUCT = new UUID(9, 9);
    private static final long MOST = 100_000_000_000_000L;

    @Provide
    Arbitrary<List<Integer>> percentages() {
        return Arbitraries.integers().between(0, 100).list().ofSize(3).map(cuts -> {
            List<Integer> sorted = cuts.stream().sorted().toList();
            return List.of(
                    sorted.get(0), sorted.get(1) - sorted.get(0), sorted.get(2) - sorted.get(1), 100 - sorted.get(2));
        });
    }

    @Property
    void anySplitIsTheSameEachTimeItIsMade(
            @ForAll("percentages") List<Integer> percent, @ForAll @LongRange(min = 0, max = MOST) long value) {
        CommissionSplit split = new CommissionSplit(percent);
        assertThat(split.shares(value))
                .containsExactly(split.shares(value))
                .containsExactly(new CommissionSplit(percent).shares(value));
    }

    @Property
    void anySplitAddsUpAndGivesNothingToAShareOfZero(
            @ForAll("percentages") List<Integer> percent, @ForAll @LongRange(min = 0, max = MOST) long value) {
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

    /** An ancestor who has left is a gap in the line: who is above that one keeps their own level. */
    @Property
    void theTransferOfAnyLineSumsToZeroAndPaysThePlatformWhatNobodyIsThereToReceive(
            @ForAll("percentages") List<Integer> percent,
            @ForAll @LongRange(min = 1, max = 100_000_000) long value,
            @ForAll Set<@IntRange(min = 1, max = 3) Integer> levels) {
        CommissionSplit split = new CommissionSplit(percent);
        Credit credit = Credit.of(PRODUCT, CommissionSplitTest.line(levels), new Money(value), split);
        long[] shares = split.shares(value);
        Map<String, Long> paid = credit.transfer().entries().stream()
                .collect(Collectors.toMap(Transfer.Entry::role, Transfer.Entry::amount));
        assertThat(CommissionSplitTest.sum(credit.transfer())).isZero();
        assertThat(credit.own().minor()).isEqualTo(shares[0]);
        assertThat(credit.cascade()).hasSize(levels.size());
        assertThat(credit.parentShare().minor()).isEqualTo(levels.contains(1) ? shares[1] : 0);
        long kept = 0;
        for (int level = 1; level <= 3; level++) {
            long there = levels.contains(level) ? shares[level] : 0;
            assertThat(paid.getOrDefault("level_" + level, 0L)).isEqualTo(there);
            kept += shares[level] - there;
        }
        assertThat(paid.getOrDefault("platform", 0L)).isEqualTo(kept);
        assertThat(paid.get("source")).isEqualTo(-value);
    }

    /** An entry locks its account: nobody waits for an empty share. The member's own entry counts the submission. */
    @Property
    void theTransferNamesNobodyForNothingButTheMember(
            @ForAll("percentages") List<Integer> percent,
            @ForAll @LongRange(min = 1, max = 100) long value,
            @ForAll Set<@IntRange(min = 1, max = 3) Integer> levels) {
        Line line = CommissionSplitTest.line(levels);
        Credit credit = Credit.of(PRODUCT, line, new Money(value), new CommissionSplit(percent));
        List<Transfer.Entry> entries = credit.transfer().entries();
        assertThat(entries.get(0).account()).isEqualTo(line.id());
        assertThat(entries.subList(1, entries.size())).noneMatch(entry -> entry.amount() == 0);
    }
}
