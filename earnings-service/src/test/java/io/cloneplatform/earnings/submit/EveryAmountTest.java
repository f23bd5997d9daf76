package io.cloneplatform.earnings.submit;

import io.cloneplatform.common.json.Money;
import io.cloneplatform.earnings.ledger.Transfer.Entry;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Every amount from one cent to ten thousand, credited along a line of every depth: no cent is made and none is lost. */
class EveryAmountTest {
    private static final List<Integer> PERCENT = List.of(80, 10, 5, 5);
    private static final CommissionSplit SPLIT = new CommissionSplit(PERCENT);
    private static final CommissionSplit SAME_SPLIT = new CommissionSplit(PERCENT);
    private static final UUID PRODUCT = new UUID(9, 9);
    private static final long MOST = 1_000_000;

    @Test
    void isPaidToTheCent() {
        List<Line> lines =
                IntStream.rangeClosed(0, 3).mapToObj(CommissionSplitTest::line).toList();
        LongStream.rangeClosed(1, MOST).parallel().forEach(value -> {
            long[] shares = SPLIT.shares(value);
            requireFairShares(value, shares);
            for (int depth = 0; depth <= 3; depth++) {
                Credit credit = Credit.of(PRODUCT, lines.get(depth), new Money(value), SAME_SPLIT);
                requirePaid(value, shares, credit, depth);
            }
        });
    }

    /** Within one cent of the percentage, never negative, together the value. */
    private static void requireFairShares(long value, long[] shares) {
        long total = 0;
        for (int level = 0; level < shares.length; level++) {
            long off = Math.abs(100 * shares[level] - PERCENT.get(level) * value);
            require(shares[level] >= 0 && off < 100, value, "share of level", level);
            total += shares[level];
        }
        require(total == value, value, "sum of the shares", total);
    }

    /** Each one who is there gets exactly that share, the platform what is left, and the backing pays it all. */
    private static void requirePaid(long value, long[] shares, Credit credit, int depth) {
        long left = value;
        for (int level = 0; level <= depth; level++) {
            long paid = level == 0
                    ? credit.own().minor()
                    : credit.cascade().get(level - 1).amount().minor();
            require(paid == shares[level], value, "paid to level", level);
            left -= paid;
        }
        long sum = 0;
        for (Entry entry : credit.transfer().entries()) {
            sum += entry.amount();
            switch (entry.role()) {
                case "own" -> require(entry.amount() == shares[0], value, "own entry", entry);
                case "platform" -> require(entry.amount() == left && left > 0, value, "platform entry", entry);
                case "source" -> require(entry.amount() == -value, value, "source entry", entry);
                default -> require(entry.amount() == shares[entry.role().charAt(6) - '0'], value, "entry", entry);
            }
        }
        require(sum == 0, value, "sum of the entries", sum);
    }

    private static void require(boolean holds, long value, String what, Object found) {
        if (!holds) {
            throw new AssertionError(what + " is wrong for " + value + ": " + found);
        }
    }
}
