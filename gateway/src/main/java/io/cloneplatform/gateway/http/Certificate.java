package io.cloneplatform.gateway.http;

import io.cloneplatform.common.config.TlsFiles;
import io.cloneplatform.common.launch.StartException;
import io.cloneplatform.common.metrics.Counts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.net.ssl.X509KeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate with which a gateway speaks TLS 1.2 and 1.3. Its files are looked at every few seconds; a new one serves the
 * next connections, those that are open go on. What cannot be used is logged, and the one before stays.
 */
public final class Certificate {
    private static final Logger LOG = LoggerFactory.getLogger(Certificate.class);
    private static final long LOOK_EVERY_MS = 5_000;
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

    // Those of TLS 1.3, and of TLS 1.2 what keeps past talk secret when a key is stolen and authenticates what it
    // hides.
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final Vertx vertx;
    private final TlsFiles files;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private volatile Pair current;
    private volatile Pair refused;

    private record Pair(Buffer chain, Buffer key) {}

    private Certificate(Vertx vertx, TlsFiles files, Pair pair) {
        this.vertx = vertx;
        this.files = files;
        this.current = pair;
    }

    /**
     * Reads a certificate and watches its files from then on; blocks, so not for an event loop.
     *
     * @throws StartException when it cannot be used
     */
    public static Certificate watch(Vertx vertx, TlsFiles files, Counts metrics) {
        try {
            Certificate certificate = new Certificate(vertx, files, read(files));
            long[] expiry = {certificate.check(certificate.current)};
            metrics.gauge(
                    "clone.tls.certificate.expiry.timestamp.seconds",
                    "When the certificate that the gateway shows is no longer valid",
                    () -> expiry[0]);
            vertx.setPeriodic(LOOK_EVERY_MS, timer -> certificate.look(seconds -> expiry[0] = seconds));
            return certificate;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new StartException("TLS_CERT and TLS_KEY cannot be used: " + e.getMessage());
        }
    }

    private static Pair read(TlsFiles files) throws IOException {
        return new Pair(
                Buffer.buffer(Files.readAllBytes(files.certificate())), Buffer.buffer(Files.readAllBytes(files.key())));
    }

    /** Lets a server that is not made yet speak TLS. */
    void configure(HttpServerOptions options) {
        options.setSsl(true).setKeyCertOptions(keys(current)).setEnabledSecureTransportProtocols(PROTOCOLS);
        CIPHERS.forEach(options::addEnabledCipherSuite);
    }

    /** Gives a server each new certificate. */
    void onChange(HttpServer server) {
        servers.add(server);
    }

    private ServerSSLOptions options() {
        ServerSSLOptions options =
                new ServerSSLOptions().setKeyCertOptions(keys(current)).setEnabledSecureTransportProtocols(PROTOCOLS);
        CIPHERS.forEach(options::addEnabledCipherSuite);
        return options;
    }

    private static PemKeyCertOptions keys(Pair pair) {
        return new PemKeyCertOptions().setCertValue(pair.chain()).setKeyValue(pair.key());
    }

    private void look(Consumer<Long> onNew) {
        Future<Long> looked = vertx.executeBlocking(this::exchange, false);
        looked.onSuccess(expiry -> {
                    if (expiry != null) {
                        onNew.accept(expiry);
                        servers.forEach(server -> server.updateSSLOptions(options()));
                        LOG.info("The new certificate serves from now on");
                    }
                })
                .onFailure(failure -> LOG.error(
                        "The new certificate cannot be used, the one before stays: {}", failure.getMessage()));
    }

    // When the new certificate expires, or null when there is none. What was refused is refused once.
    private Long exchange() throws IOException, GeneralSecurityException {
        Pair found = read(files);
        if (found.equals(current) || found.equals(refused)) {
            return null;
        }
        refused = found;
        long expiry = check(found);
        current = found;
        return expiry;
    }

    private long check(Pair pair) throws GeneralSecurityException {
        X509Certificate own = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pair.chain().getBytes()));
        own.checkValidity();
        try {
            requirePair(own.getPublicKey(), privateKey(pair));
        } catch (GeneralSecurityException e) {
            throw e;
        } catch (Exception e) {
            throw new GeneralSecurityException("the key cannot be read", e);
        }
        return own.getNotAfter().toInstant().getEpochSecond();
    }

    private PrivateKey privateKey(Pair pair) throws Exception {
        X509KeyManager manager =
                (X509KeyManager) keys(pair).getKeyManagerFactory(vertx).getKeyManagers()[0];
        for (String type : List.of("EC", "RSA", "EdDSA")) {
            String[] aliases = manager.getServerAliases(type, null);
            if (aliases != null && aliases.length > 0) {
                return manager.getPrivateKey(aliases[0]);
            }
        }
        throw new GeneralSecurityException("the key is of no known kind");
    }

    private static void requirePair(PublicKey certified, PrivateKey key) throws GeneralSecurityException {
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(new byte[] {1});
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(new byte[] {1});
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key is not that of the certificate");
        }
    }
}
