package io.cloneplatform.common.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Mutual TLS of the event bus, all of it PEM files.
 *
 * @param certificate what this process shows to the others
 * @param key the certificate's private key, PKCS 8
 * @param authority who must have signed the certificates of the others
 */
public record BusTls(Path certificate, Path key, Path authority) {
    private static final String CERTIFICATE = "CLUSTER_TLS_CERT";
    private static final String KEY = "CLUSTER_TLS_KEY";
    private static final String AUTHORITY = "CLUSTER_TLS_CA";

    static Optional<BusTls> read(Env env) {
        List<String> keys = List.of(CERTIFICATE, KEY, AUTHORITY);
        List<String> missing =
                keys.stream().filter(key -> env.text(key).isEmpty()).toList();
        if (missing.size() == keys.size()) {
            return Optional.empty();
        }
        missing.forEach(key -> env.problem(key, "is required with the other two of " + String.join(", ", keys)));
        return missing.isEmpty()
                ? Optional.of(new BusTls(file(env, CERTIFICATE), file(env, KEY), file(env, AUTHORITY)))
                : Optional.empty();
    }

    private static Path file(Env env, String key) {
        Path path = Path.of(env.text(key, ""));
        if (!Files.isReadable(path)) {
            env.problem(key, "'" + path + "' cannot be read");
        }
        return path;
    }
}
