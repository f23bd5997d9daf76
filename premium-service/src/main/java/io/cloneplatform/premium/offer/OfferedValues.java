package io.cloneplatform.premium.offer;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads the numbers of an offer, which old clients send as strings. */
final class OfferedValues {
    private static final BigDecimal LIMIT = BigDecimal.valueOf(1_000_000);
    private static final int MAX_LENGTH = 20;

    private OfferedValues() {}

    /** An amount above zero with at most two decimals. */
    static Optional<BigDecimal> amount(JsonNode node) {
        return positive(node).filter(value -> value.stripTrailingZeros().scale() <= 2);
    }

    /** A board position. */
    static Optional<Integer> position(JsonNode node) {
        return positive(node)
                .filter(value -> value.stripTrailingZeros().scale() <= 0)
                .map(BigDecimal::intValueExact);
    }

    private static Optional<BigDecimal> positive(JsonNode node) {
        return decimal(node).filter(value -> value.signum() > 0 && value.compareTo(LIMIT) <= 0);
    }

    private static Optional<BigDecimal> decimal(JsonNode node) {
        if (node == null
                || !(node.isNumber() || node.isTextual())
                || node.asText().length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(node.asText()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
