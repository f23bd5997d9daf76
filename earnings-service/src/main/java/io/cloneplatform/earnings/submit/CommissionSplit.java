package io.cloneplatform.earnings.submit;

import java.util.List;

/**
 * Splits a value between a member and three ancestors by percentages, exact to the minor unit: every share is rounded
 * down, and what is left goes one unit each to the largest remainders, the earlier level first among equals. The shares
 * always add up to the value.
 */
public final class CommissionSplit {
    private final List<Integer> percent;

    /**
     * A split.
     *
     * @param percent shares of member, parent, grandparent, great-grandparent; together 100
     */
    public CommissionSplit(List<Integer> percent) {
        if (percent.stream().anyMatch(share -> share < 0)
                || percent.stream().mapToInt(Integer::intValue).sum() != 100) {
            throw new IllegalArgumentException("shares must add up to 100 percent: " + percent);
        }
        this.percent = List.copyOf(percent);
    }

    /**
     * The shares in minor units by level; 0 is the member.
     *
     * @throws IllegalArgumentException when the value is negative
     * @throws ArithmeticException when it is too large to be multiplied by 100
     */
    public long[] shares(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a value is not negative: " + value);
        }
        long[] shares = new long[percent.size()];
        long[] remainders = new long[percent.size()];
        long left = value;
        for (int level = 0; level < shares.length; level++) {
            long hundredfold = Math.multiplyExact(value, percent.get(level).longValue());
            shares[level] = hundredfold / 100;
            remainders[level] = hundredfold % 100;
            left -= shares[level];
        }
        for (; left > 0; left--) {
            int level = largest(remainders);
            shares[level]++;
            remainders[level] = 0;
        }
        return shares;
    }

    private static int largest(long[] remainders) {
        int largest = 0;
        for (int level = 1; level < remainders.length; level++) {
            if (remainders[level] > remainders[largest]) {
                largest = level;
            }
        }
        return largest;
    }
}
