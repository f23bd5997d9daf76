package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the predecessor's times: ISO-8601 texts, or milliseconds as number, text or tail of an id. */
final class Times {
    private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
    private static final long LATEST = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();
    private static final Pattern MILLIS = Pattern.compile("(?:.*\\D)?(\\d{13})(?:\\D.*)?");

    private Times() {}

    /** The time a field holds; empty when it is none of this century. */
    static Optional<Instant> of(JsonNode value) {
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return plausible(value.longValue());
        }
        return value.isTextual() ? parse(value.textValue().strip()) : Optional.empty();
    }

    /** The milliseconds in a key or id such as {@code <uuid>-<ms>} or {@code ticket_<ms>_<random>}. */
    static Optional<Instant> inId(String id) {
        Matcher matcher = MILLIS.matcher(id);
        return matcher.matches() ? plausible(Long.parseLong(matcher.group(1))) : Optional.empty();
    }

    private static Optional<Instant> parse(String text) {
        try {
            if (text.matches("\\d{13}")) {
                return plausible(Long.parseLong(text));
            }
            Instant at = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
            return plausible(at.toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> plausible(long millis) {
        return millis >= EARLIEST && millis < LATEST
                ? Optional.of(Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MILLIS))
                : Optional.empty();
    }
}
