package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Reads the predecessor's amounts: binary fractions such as 1234.5600000001, sometimes as text, sometimes no number. */
final class Amounts {
    private static final int MOST_DIGITS = 400;

    private Amounts() {}

    /** Minor units, rounded half-even; empty when it is no number or beyond what a member can have. */
    static Optional<Long> minor(JsonNode value) {
        return number(value)
                .filter(major -> Math.abs((long) major.scale()) <= MOST_DIGITS)
                .filter(major -> major.abs().compareTo(Money.MAX_MAJOR) <= 0)
                .map(major -> major.setScale(2, RoundingMode.HALF_EVEN)
                        .unscaledValue()
                        .longValueExact());
    }

    private static Optional<BigDecimal> number(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.decimalValue());
        }
        if (!value.isTextual() || value.textValue().length() > MOST_DIGITS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(value.textValue().strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
