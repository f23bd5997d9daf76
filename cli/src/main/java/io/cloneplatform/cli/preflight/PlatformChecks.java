package io.cloneplatform.cli.preflight;

import io.cloneplatform.cli.output.Report;
import io.cloneplatform.cli.output.Report.Finding;
import io.cloneplatform.cli.remote.Probe;
import io.cloneplatform.cli.remote.Probe.Seen;
import io.cloneplatform.cli.remote.Unanswered;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the running processes say of themselves. */
final class PlatformChecks {
    private static final Duration CLOCK_LIMIT = Duration.ofSeconds(2);
    private static final String SIZE = "clone_cluster_processes";

    private final URI url;
    private final List<URI> management;
    private final Probe probe = new Probe();

    PlatformChecks(URI url, List<URI> management) {
        this.url = url;
        this.management = management;
    }

    void run(Report report) {
        try {
            Seen health = probe.get(url, "/health", null);
            report.add(health(health));
            report.add(clock(health));
        } catch (IOException e) {
            report.add(Finding.bad(
                    "Platform",
                    "no answer from " + url + ": " + Unanswered.reason(e),
                    "clonectl doctor api --url " + url));
        }
        ready(report);
    }

    private Finding health(Seen health) {
        if (health.status() == 200) {
            return Finding.good("Platform", "every service serves");
        }
        String away = health.json().path("services").properties().stream()
                .filter(service -> !service.getValue().asBoolean())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return Finding.bad(
                "Platform",
                away.isEmpty() ? "/health answers " + health.status() : "away: " + away,
                "clonectl doctor api --url " + url);
    }

    private static Finding clock(Seen health) {
        return health.ahead()
                .map(ahead -> ahead.abs().compareTo(CLOCK_LIMIT) <= 0
                        ? Finding.good("Clock", "the platform's and this machine's agree within 2 s")
                        : Finding.bad(
                                "Clock",
                                "the platform's is " + ahead.abs().toSeconds() + " s "
                                        + (ahead.isNegative() ? "behind" : "ahead of") + " this machine's",
                                "Let all machines follow one time server (chronyc tracking, timedatectl)"))
                .orElseGet(
                        () -> Finding.unknown("Clock", "the answer has no Date", "Look at date -u on every machine"));
    }

    private void ready(Report report) {
        if (management.isEmpty()) {
            String next = "Give --management URL for each process, as in http://127.0.0.1:9000";
            report.add(Finding.unknown("Processes", "no management port was given", next));
            report.add(Finding.unknown("Error rate", "no management port was given", next));
            return;
        }
        List<Metrics> seen = new ArrayList<>();
        for (URI one : management) {
            report.add(process(one, seen));
        }
        report.add(cluster(seen));
        report.add(new ErrorRate(management, probe).check());
    }

    private Finding process(URI one, List<Metrics> seen) {
        String subject = "Process " + one;
        try {
            Seen ready = probe.get(one, "/health/ready", null);
            if (ready.status() != 200) {
                return Finding.bad(subject, "not ready: " + ready.body(), "Look at its log");
            }
            seen.add(Metrics.read(probe.get(one, "/metrics", null).body()));
            return Finding.good(subject, "ready");
        } catch (IOException e) {
            return Finding.bad(subject, "no answer: " + Unanswered.reason(e), "Is it running? Look at its log");
        }
    }

    private static Finding cluster(List<Metrics> seen) {
        List<String> sizes = seen.stream()
                .flatMap(metrics -> metrics.value(SIZE).stream())
                .map(size -> size.toBigInteger().toString())
                .distinct()
                .toList();
        return switch (sizes.size()) {
            case 0 -> Finding.good("Cluster", "none: one process serves everything");
            case 1 -> Finding.good("Cluster", "every process given sees " + sizes.get(0));
            default ->
                Finding.bad(
                        "Cluster",
                        "processes see different numbers of others: " + String.join(", ", sizes),
                        "Two clusters may serve side by side; docs/runbook.md, Confirm");
        };
    }
}
