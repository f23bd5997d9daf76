package io.cloneplatform.support.page;

import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.kv.Page;

/**
 * Where a page of a list that is ordered by time begins.
 *
 * @param at the time of the last row already seen, as text
 * @param key the key of that row, which orders rows of the same time
 */
public record Position(String at, String key) {
    private static final char SEPARATOR = '\n';

    /** Reads the position from a cursor; without one it is the given start. */
    public static Position of(Page page, String start) {
        if (page.after() == null) {
            return new Position(start, "");
        }
        int end = page.after().indexOf(SEPARATOR);
        if (end < 0) {
            throw new Request.BadParam("cursor");
        }
        return new Position(page.after().substring(0, end), page.after().substring(end + 1));
    }

    /** The form in which a cursor carries it. */
    public String text() {
        return at + SEPARATOR + key;
    }
}
