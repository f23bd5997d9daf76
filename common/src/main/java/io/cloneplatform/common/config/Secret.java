package io.cloneplatform.common.config;

/**
 * A configured secret; never shown by {@code toString}.
 *
 * @param value the secret itself
 */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
