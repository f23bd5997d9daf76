package io.cloneplatform.gateway.limit;

/**
 * So many requests of one caller a minute.
 *
 * @param name as clients see it in {@code RateLimit-Policy}
 * @param perMinute how many
 */
record Policy(String name, int perMinute) {
    static final int WINDOW_SECONDS = 60;

    /** The value of the {@code RateLimit-Policy} header. */
    String header() {
        return "\"" + name + "\";q=" + perMinute + ";w=" + WINDOW_SECONDS;
    }
}
