package io.cloneplatform.gateway.limit;

/**
 * What became of one request that was counted.
 *
 * @param granted whether there was room for it
 * @param remaining how many more there is room for
 * @param resetSeconds until there is room for all again
 */
record Allowance(Policy policy, boolean granted, long remaining, long resetSeconds) {
    /** The value of the {@code RateLimit} header (draft-ietf-httpapi-ratelimit-headers). */
    String header() {
        return "\"" + policy.name() + "\";r=" + remaining + ";t=" + resetSeconds;
    }
}
