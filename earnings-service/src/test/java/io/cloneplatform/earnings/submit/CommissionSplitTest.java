package io.cloneplatform.earnings.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.common.json.Money;
import io.cloneplatform.earnings.ledger.Transfer;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CommissionSplitTest {
    private static final CommissionSplit SPLIT = new CommissionSplit(List.of(80, 10, 5, 5));
    private static final UUID PRODUCT = new UUID(9, 9);

    static Line line(int depth) {
        List<Line.Ancestor> ancestors = IntStream.rangeClosed(1, depth)
                .mapToObj(level -> new Line.Ancestor(level, new UUID(1, level), "level " + level))
                .toList();
        UUID parent = depth == 0 ? null : new UUID(1, 1);
        return new Line(new UUID(1, 0), "m@example.com", "member", parent, ancestors, null);
    }

    @Test
    void splitsEightyTenFiveFive() {
        assertThat(SPLIT.shares(10_000)).containsExactly(8_000, 1_000, 500, 500);
    }

    @Test
    void giveTheLeftOverCentsToTheLargestRemaindersAndTheEarlierLevelFirst() {
        assertThat(SPLIT.shares(1)).containsExactly(1, 0, 0, 0);
        assertThat(SPLIT.shares(7)).containsExactly(6, 1, 0, 0);
        assertThat(SPLIT.shares(10)).containsExactly(8, 1, 1, 0);
        assertThat(SPLIT.shares(30)).containsExactly(24, 3, 2, 1);
        assertThat(new CommissionSplit(List.of(25, 25, 25, 25)).shares(2)).containsExactly(1, 1, 0, 0);
    }

    @Test
    void everyAmountUpToAMillionAddsUpAtEveryDepth() {
        for (long value = 1; value <= 1_000_000; value++) {
            long[] shares = SPLIT.shares(value);
            boolean addsUp = shares[0] + shares[1] + shares[2] + shares[3] == value;
            for (int depth = 0; depth <= 3; depth++) {
                addsUp &= received(shares, depth) + kept(shares, depth) == value;
            }
            if (!addsUp || !roundsByLessThanOne(shares, value)) {
                throw new AssertionError(
                        value + " was split into " + List.of(shares[0], shares[1], shares[2], shares[3]));
            }
        }
    }

    private static long received(long[] shares, int depth) {
        return LongStream.of(shares).limit(depth + 1L).sum();
    }

    private static long kept(long[] shares, int depth) {
        return LongStream.of(shares).skip(depth + 1L).sum();
    }

    // The shares repeat their pattern every 20 cents, so that this covers every one of them a hundred times.
    @Test
    void theTransferPaysExactlyThoseShares() {
        for (int depth = 0; depth <= 3; depth++) {
            for (long value = 1; value <= 2_000; value++) {
                long[] shares = SPLIT.shares(value);
                Credit credit = Credit.of(PRODUCT, line(depth), new Money(value), SPLIT);
                long commissions = credit.cascade().stream()
                        .mapToLong(share -> share.amount().minor())
                        .sum();
                assertThat(sum(credit.transfer())).isZero();
                assertThat(credit.own().minor() + commissions).isEqualTo(received(shares, depth));
                assertThat(platform(credit.transfer())).isEqualTo(kept(shares, depth));
            }
        }
    }

    private static long platform(Transfer transfer) {
        return transfer.entries().stream()
                .filter(entry -> entry.role().equals("platform"))
                .mapToLong(Transfer.Entry::amount)
                .sum();
    }

    private static boolean roundsByLessThanOne(long[] shares, long value) {
        return Math.abs(100 * shares[0] - 80 * value) < 100
                && Math.abs(100 * shares[1] - 10 * value) < 100
                && Math.abs(100 * shares[2] - 5 * value) < 100
                && Math.abs(100 * shares[3] - 5 * value) < 100;
    }

    static long sum(Transfer transfer) {
        return transfer.entries().stream().mapToLong(Transfer.Entry::amount).sum();
    }

    @Test
    void refusesPercentagesThatAreNotTheWhole() {
        assertThatThrownBy(() -> new CommissionSplit(List.of(80, 10, 5, 6)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CommissionSplit(List.of(110, -10, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SPLIT.shares(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
