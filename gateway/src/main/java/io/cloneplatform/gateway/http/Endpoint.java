package io.cloneplatform.gateway.http;

import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.gateway.caller.ClientAddress;
import java.util.Optional;

/**
 * Where a gateway listens, and to whom.
 *
 * @param host the address it binds
 * @param port the port, which all its event loops share
 * @param certificate what it speaks TLS with; empty for plain HTTP
 * @param admission how many connections it lets in
 */
public record Endpoint(String host, int port, Optional<Certificate> certificate, Connections.Admission admission) {
    /** The endpoint that is configured. */
    public static Endpoint of(PlatformConfig config, Optional<Certificate> certificate, ClientAddress addresses) {
        int fromOneAddress = config.limits().on() ? config.limits().connections() : Integer.MAX_VALUE;
        return new Endpoint(
                config.httpHost(),
                config.httpPort(),
                certificate,
                new Connections.Admission(fromOneAddress, addresses::isTrusted));
    }
}
