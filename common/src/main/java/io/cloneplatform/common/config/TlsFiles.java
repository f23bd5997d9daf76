package io.cloneplatform.common.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The gateway's certificate and its key. Both are read again when they change.
 *
 * @param certificate the chain as PEM, the gateway's own first
 * @param key the private key as PEM (PKCS#8)
 */
public record TlsFiles(Path certificate, Path key) {
    static Optional<TlsFiles> read(Env env) {
        Optional<Path> certificate = env.path("TLS_CERT");
        Optional<Path> key = env.path("TLS_KEY");
        if (certificate.isPresent() != key.isPresent()) {
            env.problem(certificate.isPresent() ? "TLS_KEY" : "TLS_CERT", "is required beside the other one");
        }
        return certificate.flatMap(chain -> key.map(secret -> new TlsFiles(chain, secret)));
    }
}
