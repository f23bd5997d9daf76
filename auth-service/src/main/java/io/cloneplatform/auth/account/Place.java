package io.cloneplatform.auth.account;

import io.cloneplatform.common.bus.Request;

/**
 * Where an export goes on.
 *
 * @param after the place of the last record of the section that was given; empty for its start
 */
record Place(Section section, String after) {
    static Place startOf(Section section) {
        return new Place(section, "");
    }

    /** Reads what a cursor says; null is the start. */
    static Place parse(String text) {
        if (text == null) {
            return startOf(Section.STATEMENT);
        }
        int bar = text.indexOf('|');
        if (bar < 0) {
            throw new Request.BadParam("cursor");
        }
        Section section = Section.named(text.substring(0, bar)).orElseThrow(() -> new Request.BadParam("cursor"));
        String after = text.substring(bar + 1);
        if (!section.accepts(after)) {
            throw new Request.BadParam("cursor");
        }
        return new Place(section, after);
    }
}
