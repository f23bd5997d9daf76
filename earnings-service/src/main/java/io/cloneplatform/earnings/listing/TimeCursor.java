package io.cloneplatform.earnings.listing;

import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.kv.Page;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/**
 * A position in a list ordered by time and key.
 *
 * @param at when the row was written, in full database precision
 * @param key the row's key
 */
public record TimeCursor(OffsetDateTime at, String key) {
    /** The position after which a page starts; null for a first page. */
    public static TimeCursor of(Page page) {
        if (page.after() == null) {
            return null;
        }
        try {
            String[] parts = page.after().split(" ", 2);
            return new TimeCursor(OffsetDateTime.parse(parts[0]), parts[1]);
        } catch (DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new Request.BadParam("cursor");
        }
    }

    /** The sort key for {@link Page#nextCursor}. */
    public String text() {
        return at + " " + key;
    }
}
