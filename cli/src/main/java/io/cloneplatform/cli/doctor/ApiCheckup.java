package io.cloneplatform.cli.doctor;

import io.cloneplatform.cli.output.Report;
import io.cloneplatform.cli.output.Report.Finding;
import io.cloneplatform.cli.remote.Probe;
import io.cloneplatform.cli.remote.Probe.Seen;
import io.cloneplatform.cli.remote.Unanswered;
import io.cloneplatform.common.config.ConfigException;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.launch.StartException;
import io.cloneplatform.standalone.start.SchemaCheck;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/**
 * Why the API does not answer, from the outside in: name, port, encryption, gateway, services, processes,
 * database.
 */
final class ApiCheckup {
    private static final int CONNECT_LIMIT_MS = 5_000;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final URI url;
    private final List<URI> management;
    private final Map<String, String> environment;
    private final Probe probe = new Probe();

    ApiCheckup(URI url, List<URI> management, Map<String, String> environment) {
        this.url = url;
        this.management = management;
        this.environment = environment;
    }

    /**
     * Whether something that speaks HTTP answers; adds what is wrong, and everything else where that is wanted.
     */
    boolean run(Report report, boolean wanted) {
        boolean answers = connects(report) && speaks(report);
        if (wanted || !answers) {
            management.forEach(one -> report.add(process(one)));
            database(report);
        }
        return answers;
    }

    private boolean connects(Report report) {
        int port = url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? HTTPS : HTTP;
        String place = url.getHost() + " port " + port;
        try (Socket socket = new Socket()) {
            InetAddress address = InetAddress.getByName(url.getHost());
            socket.connect(new InetSocketAddress(address, port), CONNECT_LIMIT_MS);
            report.add(Finding.good("Network", place + " accepts connections"));
            return true;
        } catch (UnknownHostException e) {
            report.add(
                    Finding.bad("Network", "DNS knows no host " + url.getHost(), "Check --url, then the DNS record"));
        } catch (ConnectException e) {
            report.add(Finding.bad(
                    "Network",
                    place + " refuses connections: nothing listens there",
                    "Is the gateway running? docs/runbook.md, Incident: API not responding"));
        } catch (SocketTimeoutException e) {
            report.add(Finding.bad(
                    "Network",
                    place + " does not answer at all",
                    "A firewall, a network policy, or a host that is down"));
        } catch (IOException e) {
            report.add(Finding.bad("Network", place + ": " + e.getMessage(), "Check the network"));
        }
        return false;
    }

    private boolean speaks(Report report) {
        try {
            report.add(health(asked()));
            return true;
        } catch (SSLException e) {
            report.add(Finding.bad(
                    "TLS", String.valueOf(e.getMessage()), "Check the certificate of the ingress, and http or https"));
        } catch (HttpTimeoutException e) {
            report.add(Finding.bad(
                    "Gateway",
                    "takes connections and does not answer",
                    "It hangs: look at its log and CPU, then restart it; others serve meanwhile"));
        } catch (IOException e) {
            report.add(Finding.bad("Gateway", "no HTTP answer: " + Unanswered.reason(e), "Is this the API's port?"));
        }
        return false;
    }

    // The first call also waits for what this process loads for it.
    private Seen asked() throws IOException {
        Seen first = probe.get(url, "/health", null);
        return first.took().compareTo(SLOW) < 0 ? first : probe.get(url, "/health", null);
    }

    private static Finding health(Seen seen) {
        String took = " after " + seen.took().toMillis() + " ms";
        if (seen.status() == 200 && seen.json().path("status").asText().equals("ok")) {
            return seen.took().compareTo(SLOW) < 0
                    ? Finding.good("Gateway", "every service serves; it answered" + took)
                    : Finding.bad(
                            "Gateway",
                            "every service serves, but it answered" + took,
                            "docs/runbook.md, Performance tuning");
        }
        String away = seen.json().path("services").properties().stream()
                .filter(service -> !service.getValue().asBoolean())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        if (!away.isEmpty()) {
            return Finding.bad(
                    "Gateway",
                    "answers, but these services are away: " + away,
                    away.contains(",")
                            ? "Several at once are most often the database: docs/runbook.md, Incident: API not responding"
                            : "Look at the log of that service");
        }
        return Finding.bad(
                "Gateway", "/health answers " + seen.status() + ", not as the platform does", "Is --url right?");
    }

    private Finding process(URI one) {
        String subject = "Process " + one;
        try {
            Seen ready = probe.get(one, "/health/ready", null);
            return ready.status() == 200
                    ? Finding.good(subject, "ready")
                    : Finding.bad(subject, "not ready: " + ready.body(), "Look at its log");
        } catch (IOException e) {
            return Finding.bad(subject, "no answer: " + Unanswered.reason(e), "Is it running? Look at its log");
        }
    }

    private void database(Report report) {
        if (environment.getOrDefault("DATABASE_URL", "").isBlank()) {
            report.add(Finding.unknown("Database", "DATABASE_URL is not set", "Set it as the services have it"));
            return;
        }
        try {
            int version = SchemaCheck.state(PlatformConfig.read(environment).database())
                    .version();
            report.add(Finding.good("Database", "answers; its schema is at version " + version));
        } catch (StartException | ConfigException e) {
            report.add(
                    Finding.bad("Database", e.getMessage(), "Start PostgreSQL; the services reconnect by themselves"));
        }
    }
}
