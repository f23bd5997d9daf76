package io.cloneplatform.premium;

import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.kv.Page;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a list that is ordered by time and key.
 *
 * @param micros microseconds since 1970 of the row's creation
 * @param key the row's key
 */
public record Position(long micros, String key) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,16}) (.{1,400})");
    private static final long END_OF_TIME = 9_999_999_999_999_999L;

    /** Where a page of a list that starts with the newest begins. */
    public static Position descending(Page page) {
        return page.after() == null ? new Position(END_OF_TIME, "") : parse(page.after());
    }

    /** The sort key to make a cursor of. */
    public String text() {
        return micros + " " + key;
    }

    private static Position parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new Request.BadParam("cursor");
        }
        return new Position(Long.parseLong(matcher.group(1)), matcher.group(2));
    }
}
