package io.cloneplatform.auth.session;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A session as clients get it.
 *
 * @param expiresIn seconds the access token lives
 * @param expiresAt when it expires, in seconds since 1970
 */
public record SessionAnswer(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") int expiresIn,
        @JsonProperty("expires_at") long expiresAt,
        @JsonProperty("refresh_token") String refreshToken) {}
