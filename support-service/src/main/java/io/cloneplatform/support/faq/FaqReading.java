package io.cloneplatform.support.faq;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.support.faq.FaqStore.Found;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;

/** Anybody reads questions with answers and searches them. */
public final class FaqReading {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_SEARCH_LENGTH = 200;

    private final Pool pool;
    private final FaqStore store;

    public FaqReading(Pool pool, FaqStore store) {
        this.pool = pool;
        this.store = store;
    }

    /** The list in its order, or by rank when it is searched. */
    public Future<Reply> list(Request request) {
        return found(request, "search").map(entries -> Reply.ok(entries.answer("faqs")));
    }

    /** Full-text search, the best match first; a search box that is still empty finds everything. */
    public Future<Reply> search(Request request) {
        return request.param("q") == null
                ? Future.succeededFuture(Reply.invalid("q", "is required"))
                : found(request, "q").map(entries -> Reply.ok(entries.answer("results")));
    }

    private Future<Found> found(Request request, String parameter) {
        String words = words(request.param(parameter));
        String category = words(request.param("category"));
        int limit = request.param("limit", DEFAULT_LIMIT);
        return words == null ? store.list(pool, category, limit) : find(words, category, limit);
    }

    // Words that mean nothing to full-text search, or are not finished yet, are looked for as they are.
    private Future<Found> find(String words, String category, int limit) {
        return store.search(pool, words, category, limit)
                .compose(found -> found.total() > 0
                        ? Future.succeededFuture(found)
                        : store.searchBeginnings(pool, words, category, limit));
    }

    // PostgreSQL takes no NUL in text; nobody looks for one.
    private static String words(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String stripped = text.replace('\0', ' ').strip();
        int codePoints = Math.min(MAX_SEARCH_LENGTH, stripped.codePointCount(0, stripped.length()));
        return stripped.isEmpty() ? null : stripped.substring(0, stripped.offsetByCodePoints(0, codePoints));
    }
}
