package io.cloneplatform.common.config;

import java.util.List;

/**
 * How much callers may ask of the gateways, per minute, all of them together.
 *
 * @param on whether anybody counts
 * @param member requests of one member
 * @param admin requests of one admin
 * @param credentials requests with credentials from one address: signing up, signing in, refreshing, resetting
 * @param anonymous other public requests from one address
 * @param rejected tokens that nobody accepts, from one address
 * @param connections open connections from one address to one gateway; those of trusted proxies are not counted
 * @param trustedProxies the networks whose word on a client's address is taken, as in {@code 10.0.0.0/8}
 */
public record LimitsConfig(
        boolean on,
        int member,
        int admin,
        int credentials,
        int anonymous,
        int rejected,
        int connections,
        List<String> trustedProxies) {
    private static final int MOST = 1_000_000;

    static LimitsConfig read(Env env, boolean production) {
        return new LimitsConfig(
                env.flag("RATE_LIMITS", production),
                perMinute(env, "RATE_LIMIT_MEMBER", 100),
                perMinute(env, "RATE_LIMIT_ADMIN", 1_000),
                perMinute(env, "RATE_LIMIT_CREDENTIALS", 50),
                perMinute(env, "RATE_LIMIT_PUBLIC", 600),
                perMinute(env, "RATE_LIMIT_REJECTED", 300),
                perMinute(env, "CONNECTIONS_PER_ADDRESS", 500),
                env.list("TRUSTED_PROXIES", List.of()));
    }

    private static int perMinute(Env env, String key, int orElse) {
        return (int) env.number(key, orElse, 1, MOST);
    }
}
