package io.cloneplatform.common.kv;

import io.cloneplatform.common.bus.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list: a keyset position for clients that follow {@code nextCursor}, an offset for those that do not.
 *
 * @param limit rows wanted, 1-500
 * @param offset rows to skip; 0 when a cursor is given
 * @param after the sort key of the last row already seen, or null for the first page
 */
public record Page(int limit, int offset, String after) {
    /** Reads {@code limit}, {@code offset} and {@code cursor}; a cursor we did not make is refused as 400. */
    public static Page of(Request request) {
        String cursor = request.param("cursor");
        return cursor == null
                ? new Page(request.param("limit", 50), request.param("offset", 0), null)
                : new Page(request.param("limit", 50), 0, decode(cursor));
    }

    /** One more row than wanted tells whether there is a next page. */
    public int fetch() {
        return limit + 1;
    }

    /** The rows of this page out of {@link #fetch} rows. */
    public <T> List<T> trim(List<T> rows) {
        return rows.size() > limit ? rows.subList(0, limit) : rows;
    }

    /** The cursor of the next page, or null when {@link #fetch} rows were not there. */
    public <T> String nextCursor(List<T> rows, Function<T, String> sortKey) {
        return rows.size() > limit ? encode(sortKey.apply(rows.get(limit - 1))) : null;
    }

    private static String encode(String sortKey) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sortKey.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String cursor) {
        try {
            String key = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (key.indexOf('\0') >= 0) {
                throw new Request.BadParam("cursor");
            }
            return key;
        } catch (IllegalArgumentException e) {
            throw new Request.BadParam("cursor");
        }
    }
}
