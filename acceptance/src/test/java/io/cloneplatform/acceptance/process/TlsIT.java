package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.common.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The gateway speaks TLS itself, and takes a new certificate while it runs. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {
    private static final Duration NOTICED = Duration.ofSeconds(20);
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final char[] PASSWORD = "only-in-this-test".toCharArray();

    private final TemporaryDirectory directory = new TemporaryDirectory();
    private PlatformProcess process;

    @BeforeAll
    void start() throws Exception {
        install("first", "EC");
        process = Launch.jar("standalone")
                .with("DATABASE_URL", TestDatabase.create(), "ADMIN_KEY", "tls-admin-key-for-tests")
                .with(
                        "TLS_CERT",
                        file("cert.pem").toString(),
                        "TLS_KEY",
                        file("key.pem").toString())
                .start();
        Waiting.until(NOTICED.multipliedBy(3), process::toString, () -> name().equals("CN=first"));
    }

    @AfterAll
    void stop() {
        process.close();
        directory.close();
    }

    private Path file(String name) {
        return directory.path().resolve(name);
    }

    private void install(String name, String algorithm) throws Exception {
        Path store = file(name + ".p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String[] command = {
            keytool,
            "-genkeypair",
            "-alias",
            "own",
            "-keyalg",
            algorithm,
            "-dname",
            "CN=" + name,
            "-ext",
            "SAN=ip:127.0.0.1",
            "-keystore",
            store.toString(),
            "-storepass",
            new String(PASSWORD),
            "-validity",
            "30"
        };
        try (PlatformProcess made = new Launch(List.of(command), Map.of()).start()) {
            assertThat(made.awaitExit(NOTICED)).as("%s", made).isZero();
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        replace("key.pem", pem("PRIVATE KEY", keys.getKey("own", PASSWORD).getEncoded()));
        replace("cert.pem", pem("CERTIFICATE", keys.getCertificate("own").getEncoded()));
    }

    private static String pem(String type, byte[] encoded) {
        return "-----BEGIN " + type + "-----\n" + PEM.encodeToString(encoded) + "\n-----END " + type + "-----\n";
    }

    private void replace(String name, String text) throws IOException {
        Files.move(
                Files.writeString(file(name + ".new"), text),
                file(name),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    private SSLSocket connect(String... protocols) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustEverybody()}, new SecureRandom());
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", process.launch().port("HTTP_PORT"));
        socket.setSoTimeout(5_000);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        try {
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private String name() {
        try (SSLSocket socket = connect()) {
            X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return own.getSubjectX500Principal().getName();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private static String ask(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[8_192];
        int length = socket.getInputStream().read(answer);
        return new String(answer, 0, Math.max(0, length), StandardCharsets.US_ASCII);
    }

    @Test
    void aNewCertificateServesWithoutARestartAndOpenConnectionsGoOn() throws Exception {
        try (SSLSocket open = connect()) {
            assertThat(ask(open)).startsWith("HTTP/1.1 200 ").contains("Strict-Transport-Security: max-age=31536000");
            install("second", "RSA");
            Waiting.until(NOTICED, this::name, () -> name().equals("CN=second"));
            assertThat(ask(open)).startsWith("HTTP/1.1 200 ");
            replace("cert.pem", "this is no certificate\n");
            Waiting.until(NOTICED, process::toString, () -> process.wholeOutput()
                    .contains("The new certificate cannot be used"));
            assertThat(name()).isEqualTo("CN=second");
            install("third", "EC");
            Waiting.until(NOTICED, this::name, () -> name().equals("CN=third"));
            assertThat(process.launch().management().get("/metrics").text())
                    .containsPattern("clone_tls_certificate_expiry_timestamp_seconds 1\\.\\d+E9");
        }
    }

    @Test
    void oldVersionsOfTheProtocolAndPlainTextAreNotSpoken() {
        assertThatThrownBy(() -> connect("TLSv1.1"))
                .isInstanceOfAny(SSLException.class, IllegalArgumentException.class);
        assertThatThrownBy(() -> process.launch().api().get("/health"))
                .isInstanceOf(java.io.UncheckedIOException.class);
    }

    /** The test looks at the certificate itself. */
    private record TrustEverybody() implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
