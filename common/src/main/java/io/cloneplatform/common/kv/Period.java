package io.cloneplatform.common.kv;

import io.cloneplatform.common.bus.Request;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * The time that a list is asked for.
 *
 * @param from inclusive; null for the beginning
 * @param to exclusive; null for now
 */
public record Period(OffsetDateTime from, OffsetDateTime to) {
    private static final int DATE_LENGTH = "2026-03-31".length();

    /** Reads {@code from} and {@code to}: dates in UTC, both of which belong to the period, or instants. */
    public static Period of(Request request) {
        return new Period(time(request, "from", 0), time(request, "to", 1));
    }

    private static OffsetDateTime time(Request request, String name, int days) {
        String text = request.param(name);
        if (text == null) {
            return null;
        }
        try {
            return text.length() == DATE_LENGTH
                    ? LocalDate.parse(text).plusDays(days).atStartOfDay().atOffset(ZoneOffset.UTC)
                    : Instant.parse(text).atOffset(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new Request.BadParam(name);
        }
    }

    /** Whether it has no time in it. */
    public boolean isEmpty() {
        return from != null && to != null && !to.isAfter(from);
    }
}
