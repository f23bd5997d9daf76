package io.cloneplatform.cli.preflight;

import io.cloneplatform.cli.output.Report.Finding;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** How long the certificate of an https address is good for. */
final class Certificate {
    private static final int LIMIT_MS = 5_000;
    private static final int HTTPS = 443;
    private static final long MIN_DAYS = 14;

    private Certificate() {}

    static Finding check(URI url) {
        int port = url.getPort() < 0 ? HTTPS : url.getPort();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(url.getHost(), port), LIMIT_MS);
            plain.setSoTimeout(LIMIT_MS);
            SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
            try (SSLSocket socket = (SSLSocket) factory.createSocket(plain, url.getHost(), port, true)) {
                return judge(socket.getSession());
            }
        } catch (IOException e) {
            return Finding.bad("Certificate", "cannot be read: " + e.getMessage(), "clonectl doctor api --url " + url);
        }
    }

    private static Finding judge(SSLSession session) throws IOException {
        X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
        Instant end = certificate.getNotAfter().toInstant();
        long days = Duration.between(Instant.now(), end).toDays();
        return days >= MIN_DAYS
                ? Finding.good("Certificate", "good for " + days + " days")
                : Finding.bad("Certificate", "ends in " + days + " days, at " + end, "Renew it before you deploy");
    }
}
