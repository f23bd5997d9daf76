package io.cloneplatform.gateway.observe;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time as the Date header of an answer has it (RFC 9110), written once a second. */
final class HttpDate {
    private static final long SECOND_MS = 1_000;

    // Java's own format of RFC 1123 writes one digit for the first days of a month, where HTTP asks for two.
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static volatile HttpDate last = new HttpDate(0);

    private final long second;
    private final String text;

    private HttpDate(long second) {
        this.second = second;
        this.text = of(Instant.ofEpochSecond(second));
    }

    static String of(Instant time) {
        return FORMAT.format(time);
    }

    /** Now. */
    static String now() {
        long second = System.currentTimeMillis() / SECOND_MS;
        HttpDate date = last;
        if (date.second != second) {
            date = new HttpDate(second);
            last = date;
        }
        return date.text;
    }
}
