package io.cloneplatform.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
    @Property
    void survivesTheWire(@ForAll @LongRange(min = Long.MIN_VALUE, max = Long.MAX_VALUE) long minor) {
        Money money = new Money(minor);
        assertThat(Json.read(Json.text(money), Money.class)).isEqualTo(money);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0.01", "10, 0.1", "1250, 12.5", "10000, 100", "-5, -0.05", "100000000000000, 1000000000000"
    })
    void isWrittenAsAPlainDecimalWithoutTrailingZeros(long minor, String wire) {
        assertThat(Json.text(new Money(minor))).isEqualTo(wire);
    }

    @ParameterizedTest
    @CsvSource({"0.001", "92233720368547758.08", "-92233720368547758.09", "1e30", "1e-99999999", "1e99999999"})
    void refusesFractionsOfACentAndAbsurdAmounts(BigDecimal major) {
        assertThatThrownBy(() -> Money.ofMajor(major)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({"1000000000000.01", "-1000000000001", "92233720368547758.07"})
    void mayBeKeptBeyondWhatARequestMayName(BigDecimal major) {
        Money kept = Money.ofMajor(major);
        assertThat(Json.read(Json.text(kept), Money.class)).isEqualTo(kept);
        assertThatThrownBy(() -> Money.requireNameable(kept)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({"1000000000000", "-1000000000000", "0"})
    void aRequestMayNameItUpToALimit(BigDecimal major) {
        assertThatCode(() -> Money.requireNameable(Money.ofMajor(major))).doesNotThrowAnyException();
        assertThatCode(() -> Money.requireNameable(null)).doesNotThrowAnyException();
    }

    @Test
    void isAPlainDecimalAlsoBeforeItIsWritten() {
        assertThat(new Money(10_000).major()).isEqualTo(new BigDecimal("100"));
        assertThat(new Money(1_250).major()).isEqualTo(new BigDecimal("12.5"));
        assertThat(Money.ZERO.major()).isEqualTo(new BigDecimal("0"));
    }

    @Test
    void readsAnyNumberOfZerosUpToALimit() {
        assertThat(Money.ofMajor(BigDecimal.ONE.setScale(40))).isEqualTo(new Money(100));
        assertThatThrownBy(() -> Money.ofMajor(BigDecimal.ONE.setScale(41))).isInstanceOf(ArithmeticException.class);
        assertThat(Money.ofMajor(Money.MAX_MAJOR)).isEqualTo(new Money(100_000_000_000_000L));
        assertThat(Money.ofMajor(Money.MAX_MAJOR.negate())).isEqualTo(new Money(-100_000_000_000_000L));
    }

    @Property
    void addsSubtractsAndComparesAsIntegersDo(@ForAll int one, @ForAll int other) {
        assertThat(new Money(one).plus(new Money(other))).isEqualTo(new Money((long) one + other));
        assertThat(new Money(one).minus(new Money(other))).isEqualTo(new Money((long) one - other));
        assertThat(new Money(one).compareTo(new Money(other))).isEqualTo(Integer.compare(one, other));
    }

    @Test
    void failsInsteadOfOverflowing() {
        Money most = new Money(Long.MAX_VALUE);
        assertThatThrownBy(() -> most.plus(new Money(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(Long.MIN_VALUE).minus(new Money(1))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void sentencesAlwaysShowTwoDecimals() {
        assertThat(new Money(1250).text()).isEqualTo("12.50");
        assertThat(Money.ZERO.text()).isEqualTo("0.00");
    }
}
