package io.cloneplatform.common.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate that is its own authority, and its key, as the PEM files that the settings of the event bus name. */
record Certificate(Path certificate, Path key) {
    private static final String PASSWORD = "not-a-secret";

    /** Makes one with Java's keytool. */
    static Certificate create(Path directory) {
        try {
            Files.createDirectories(directory);
            Path store = directory.resolve("store.p12");
            keytool(store);
            return write(store, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path store) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "bus",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=bus",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("keytool failed");
        }
    }

    private static Certificate write(Path file, Path directory) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return new Certificate(
                pem(directory, "CERTIFICATE", store.getCertificate("bus").getEncoded()),
                pem(
                        directory,
                        "PRIVATE KEY",
                        store.getKey("bus", PASSWORD.toCharArray()).getEncoded()));
    }

    private static Path pem(Path directory, String what, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(content);
        return Files.writeString(
                directory.resolve(what + ".pem"),
                "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(what, text));
    }

    String[] settings() {
        return new String[] {
            "CLUSTER_TLS_CERT", certificate.toString(),
            "CLUSTER_TLS_KEY", key.toString(),
            "CLUSTER_TLS_CA", certificate.toString()
        };
    }
}
