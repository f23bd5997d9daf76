package io.cloneplatform.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.config.Env;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Fields of answers as people read them. */
public final class Values {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
    private static final String CURRENCY = new Env(System.getenv()).text("CURRENCY", "USD");
    private static final String NOTHING = "-";

    private Values() {}

    /**
     * An amount with two decimals and its currency, which is CURRENCY of the environment, as the platform has
     * it.
     */
    public static String money(JsonNode amount) {
        return amount.isNumber() ? money(amount.decimalValue()) : NOTHING;
    }

    /** The same of a number. */
    public static String money(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_EVEN).toPlainString() + " " + CURRENCY;
    }

    /** The code of the currency. */
    public static String currency() {
        return CURRENCY;
    }

    /** A time in UTC, to the minute. */
    public static String time(JsonNode time) {
        try {
            return time.isTextual() ? MINUTES.format(Instant.parse(time.textValue())) + " UTC" : NOTHING;
        } catch (DateTimeException e) {
            return NOTHING;
        }
    }

    /** A text, or a dash. */
    public static String text(JsonNode text) {
        return text.isValueNode() && !text.isNull() && !text.asText().isEmpty() ? text.asText() : NOTHING;
    }
}
