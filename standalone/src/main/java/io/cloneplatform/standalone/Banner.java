package io.cloneplatform.standalone;

import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.standalone.postgres.EmbeddedDatabase;
import java.util.Optional;

/** What a person sees when everything runs: where it is, and how to end it. */
final class Banner {
    private Banner() {}

    static String text(PlatformConfig config, Optional<EmbeddedDatabase> embedded, long tookMs, String more) {
        String api = url(config, config.httpPort());
        return """

                The platform is ready after %d.%d s.

                API           %s
                Document      %s/openapi.yaml
                Health        %s/health
                Management    %s/health/ready, /metrics
                Database      %s
                %s%s
                Ctrl-C stops it.
                """
                .formatted(
                        tookMs / 1000,
                        tookMs % 1000 / 100,
                        api,
                        api,
                        api,
                        url(config, config.managementPort()),
                        embedded.map(running -> "psql '" + running.psqlUrl() + "'")
                                .orElse("the server of DATABASE_URL"),
                        embedded.map(running -> "Data          "
                                        + config.dataDir().toAbsolutePath().normalize() + "\n")
                                .orElse(""),
                        more);
    }

    /** Where a port of this machine is reached from this machine. */
    static String url(PlatformConfig config, int port) {
        String scheme = config.tls().isPresent() && port == config.httpPort() ? "https" : "http";
        return scheme + "://" + (config.httpHost().equals("0.0.0.0") ? "localhost" : config.httpHost()) + ":" + port;
    }
}
