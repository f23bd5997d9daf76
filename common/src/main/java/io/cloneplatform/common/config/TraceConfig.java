package io.cloneplatform.common.config;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where traces go.
 *
 * @param endpoint the collector that takes OTLP over HTTP, without the path of a signal; empty when nothing is
 *     traced
 * @param share which part of the traces that begin here is kept, from 0 to 1
 */
public record TraceConfig(Optional<URI> endpoint, BigDecimal share) {
    static TraceConfig read(Env env) {
        return new TraceConfig(
                env.text("OTEL_EXPORTER_OTLP_ENDPOINT").flatMap(text -> endpoint(env, text)), share(env));
    }

    private static Optional<URI> endpoint(Env env, String text) {
        try {
            URI uri = new URI(text);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // Said below; the text itself may hold a secret.
        }
        env.problem("OTEL_EXPORTER_OTLP_ENDPOINT", "expected http://host:port or https://host:port, without a user");
        return Optional.empty();
    }

    private static BigDecimal share(Env env) {
        String text = env.text("OTEL_TRACES_SAMPLER_ARG", "1");
        try {
            BigDecimal share = new BigDecimal(text);
            if (share.signum() >= 0 && share.compareTo(BigDecimal.ONE) <= 0) {
                return share;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        env.problem("OTEL_TRACES_SAMPLER_ARG", "expected a number from 0 to 1, got '" + text + "'");
        return BigDecimal.ONE;
    }
}
