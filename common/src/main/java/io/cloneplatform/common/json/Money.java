package io.cloneplatform.common.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount in minor units (cents) of the installation's one currency. On the wire it is a decimal number of major units
 * with at most two decimals.
 *
 * @param minor the amount in minor units; may be negative
 */
public record Money(long minor) implements Comparable<Money> {
    /** Nothing. */
    public static final Money ZERO = new Money(0);

    /** The largest amount a request may name, in major units; balances and sums may grow beyond it. */
    public static final BigDecimal MAX_MAJOR = BigDecimal.TEN.pow(12);

    // Beyond it, rescaling a number such as 1e-99999999 would take minutes.
    private static final int MAX_SCALE = 40;

    /**
     * Reads a decimal number of major units.
     *
     * @throws ArithmeticException when it has more than two decimals or cannot be counted in minor units
     */
    @JsonCreator
    public static Money ofMajor(BigDecimal major) {
        if (Math.abs((long) major.scale()) > MAX_SCALE) {
            throw new ArithmeticException("more digits than any amount has");
        }
        return new Money(
                major.setScale(2, RoundingMode.UNNECESSARY).unscaledValue().longValueExact());
    }

    /**
     * Refuses what no request may name; null passes.
     *
     * @throws ArithmeticException when it is beyond {@link #MAX_MAJOR}
     */
    public static void requireNameable(Money amount) {
        if (amount != null && amount.major().abs().compareTo(MAX_MAJOR) > 0) {
            throw new ArithmeticException("beyond 1000000000000");
        }
    }

    /** The wire form: major units without trailing zeros, never in exponent notation. */
    @JsonValue
    public BigDecimal major() {
        BigDecimal stripped = BigDecimal.valueOf(minor, 2).stripTrailingZeros();
        return stripped.setScale(Math.max(stripped.scale(), 0), RoundingMode.UNNECESSARY);
    }

    /** For sentences: always two decimals, as in {@code 12.50}. */
    public String text() {
        return BigDecimal.valueOf(minor, 2).toPlainString();
    }

    /** The sum; fails instead of overflowing. */
    public Money plus(Money other) {
        return new Money(Math.addExact(minor, other.minor));
    }

    /** The difference; fails instead of overflowing. */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, other.minor));
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(minor, other.minor);
    }
}
