package io.cloneplatform.support.chat;

import com.fasterxml.jackson.annotation.JsonValue;

/** The two sides of a conversation. */
enum Side {
    MEMBER("user", "unreadByUser"),
    SUPPORT("support", "unreadBySupport");

    private final String author;
    private final String unreadField;

    Side(String author, String unreadField) {
        this.author = author;
        this.unreadField = unreadField;
    }

    /** What messages of this side carry as their author. */
    @JsonValue
    String author() {
        return author;
    }

    /** Where a conversation counts what this side has not read. */
    String unreadField() {
        return unreadField;
    }

    Side other() {
        return this == MEMBER ? SUPPORT : MEMBER;
    }
}
