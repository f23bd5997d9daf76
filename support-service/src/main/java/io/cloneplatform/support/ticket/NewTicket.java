package io.cloneplatform.support.ticket;

/** What a member sends to open a ticket; {@code description} is the old name of {@code message}. */
record NewTicket(String subject, String message, String description, String category, TicketPriority priority) {
    private static final String DEFAULT_CATEGORY = "general";

    /** The text of the ticket, or null when there is none. */
    String text() {
        return given(message) ? message : given(description) ? description : null;
    }

    boolean hasSubject() {
        return given(subject);
    }

    String categoryOrDefault() {
        return given(category) ? category.strip() : DEFAULT_CATEGORY;
    }

    private static boolean given(String text) {
        return text != null && !text.isBlank();
    }
}
