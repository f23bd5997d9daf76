package io.cloneplatform.earnings.listing;

import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.kv.Page;
import io.vertx.sqlclient.Tuple;

/**
 * The keys that one page of a prefix, read newest first, may come from.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record KeyRange(String from, String to) {
    /** The whole prefix for a first page, what is before the cursor for others. A cursor of another list is refused. */
    public static KeyRange of(String prefix, Page page) {
        if (page.after() == null) {
            return whole(prefix);
        }
        if (!page.after().startsWith(prefix)) {
            throw new Request.BadParam("cursor");
        }
        return new KeyRange(prefix, page.after());
    }

    /** Every key of a prefix. */
    public static KeyRange whole(String prefix) {
        return new KeyRange(prefix, Keys.end(prefix));
    }

    /** The parameters {@code from, to, limit, offset} of a page's query. */
    public Tuple parameters(Page page) {
        return Tuple.of(from, to, page.fetch(), page.offset());
    }
}
