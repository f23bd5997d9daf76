package io.cloneplatform.cli.preflight;

import io.cloneplatform.cli.output.Report.Finding;
import io.cloneplatform.cli.remote.Probe;
import io.cloneplatform.cli.remote.Unanswered;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How many requests end in a fault of the platform: of the last seconds when enough came, otherwise since the
 * start.
 */
final class ErrorRate {
    private static final String REQUESTS = "clone_http_requests_total";
    private static final Duration WINDOW = Duration.ofSeconds(3);
    private static final BigDecimal ENOUGH = new BigDecimal(20);
    private static final BigDecimal LIMIT_PERCENT = new BigDecimal(5);
    private static final BigDecimal HUNDRED = new BigDecimal(100);

    private final List<URI> management;
    private final Probe probe;

    ErrorRate(List<URI> management, Probe probe) {
        this.management = management;
        this.probe = probe;
    }

    private record Count(BigDecimal all, BigDecimal faults) {
        Count minus(Count earlier) {
            return new Count(all.subtract(earlier.all), faults.subtract(earlier.faults));
        }

        boolean isHigh() {
            return faults.multiply(HUNDRED).compareTo(all.multiply(LIMIT_PERCENT)) > 0;
        }
    }

    Finding check() {
        try {
            Count first = count();
            if (first == null) {
                return Finding.unknown(
                        "Error rate", "no process given counts requests of clients", "Give --management of a gateway");
            }
            Thread.sleep(WINDOW.toMillis());
            Count since = count();
            Count recent = since.minus(first);
            boolean enough = recent.all().compareTo(ENOUGH) >= 0;
            return judge(
                    enough ? recent : since, enough ? "of the last " + WINDOW.toSeconds() + " s" : "since the start");
        } catch (IOException e) {
            return Finding.bad("Error rate", "no metrics: " + Unanswered.reason(e), "clonectl doctor api");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.unknown("Error rate", "interrupted", null);
        }
    }

    private Count count() throws IOException {
        Count sum = null;
        for (URI one : management) {
            Metrics metrics = Metrics.read(probe.get(one, "/metrics", null).body());
            if (metrics.has(REQUESTS)) {
                Count count = new Count(
                        metrics.sum(REQUESTS, ErrorRate::ofClients),
                        metrics.sum(REQUESTS, labels -> ofClients(labels) && labels.contains("status=\"5")));
                sum = sum == null ? count : new Count(sum.all.add(count.all), sum.faults.add(count.faults));
            }
        }
        return sum;
    }

    // Whether the platform is up is asked when it is not yet, too: by what starts it, and by what watches it.
    private static boolean ofClients(String labels) {
        return !labels.contains("operation=\"gateway.health\"");
    }

    private static Finding judge(Count count, String when) {
        String reason = count.faults().toBigInteger() + " of " + count.all().toBigInteger() + " requests " + when
                + " ended in 5xx";
        return count.isHigh()
                ? Finding.bad("Error rate", reason + ", more than 5 %", "docs/runbook.md, Incident: API not responding")
                : Finding.good("Error rate", reason);
    }
}
