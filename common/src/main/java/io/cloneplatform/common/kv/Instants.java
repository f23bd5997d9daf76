package io.cloneplatform.common.kv;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times on the wire and in documents: ISO-8601, UTC, milliseconds. */
public final class Instants {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Instants() {}

    /** Writes a time, as in {@code 2026-01-31T09:30:00.000Z}. */
    public static String iso(Instant at) {
        return ISO.format(at);
    }
}
