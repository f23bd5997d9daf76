package io.cloneplatform.auth.users;

import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Where a page of members ended: the list is ordered by sign-up time and id, newest first.
 *
 * @param createdAt to the microsecond, as the database keeps it
 */
record UserPosition(OffsetDateTime createdAt, UUID id) {
    private static final UserPosition START = new UserPosition(null, null);
    private static final int LAST_YEAR = 9999;

    /** Reads {@link #text()}; null is the start of the list. */
    static UserPosition parse(String text) {
        if (text == null) {
            return START;
        }
        int bar = text.indexOf('|');
        if (bar < 0) {
            throw bad();
        }
        UUID id = Ids.parse(text.substring(bar + 1)).orElseThrow(UserPosition::bad);
        return new UserPosition(time(text.substring(0, bar)), id);
    }

    private static OffsetDateTime time(String text) {
        try {
            OffsetDateTime at = Instant.parse(text).atOffset(ZoneOffset.UTC);
            if (at.getYear() < 0 || at.getYear() > LAST_YEAR) {
                throw bad();
            }
            return at;
        } catch (DateTimeException e) {
            throw bad();
        }
    }

    private static Request.BadParam bad() {
        return new Request.BadParam("cursor");
    }

    String text() {
        return createdAt.toInstant() + "|" + id;
    }
}
