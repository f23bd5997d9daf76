package io.cloneplatform.earnings.verify;

import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.metrics.Counts;
import io.cloneplatform.earnings.verify.VerificationStore.Last;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the books every night at 03:00 UTC, by one process of the deployment, and shows every process's metrics what
 * the last verification found.
 */
public final class NightlyVerification {
    private static final Logger LOG = LoggerFactory.getLogger(NightlyVerification.class);
    private static final int HOUR_UTC = 3;
    private static final long PERIOD_MS = 60_000;

    private final Pool pool;
    private final VerifyLedger verify;
    private final VerificationStore store = new VerificationStore();
    private final Clock clock;
    private final AtomicReference<Last> last = new AtomicReference<>(new Last(0, 0));

    NightlyVerification(Pool pool, VerifyLedger verify, Clock clock) {
        this.pool = pool;
        this.verify = verify;
        this.clock = clock;
    }

    /** Begins to look after the books once a minute, until the process stops. */
    public static void start(Node node, VerifyLedger verify) {
        NightlyVerification nightly = new NightlyVerification(node.pool(), verify, Clock.systemUTC());
        nightly.export(new Counts(node.metrics()));
        node.vertx().setPeriodic(PERIOD_MS, timer -> nightly.look()
                .onFailure(failure -> LOG.warn("The books were not verified: {}", failure.toString())));
    }

    private void export(Counts metrics) {
        metrics.gauge(
                "clone.ledger.drift.problems",
                "Differences that the last verification of the books found",
                this::problems);
        metrics.gauge(
                "clone.ledger.verified.timestamp.seconds",
                "When the books were last verified, in seconds since 1970; 0 for never",
                () -> last.get().at());
    }

    /** What the last verification that this process knows of found. */
    int problems() {
        return last.get().problems();
    }

    /** Verifies when it is time and nobody else does, then reads what the last verification found. */
    Future<Void> look() {
        return store.claim(pool, nightBefore(clock.instant()).getEpochSecond())
                .compose(mine -> mine ? verifyAll() : Future.succeededFuture())
                .compose(done -> store.last(pool))
                .map(found -> {
                    found.ifPresent(last::set);
                    return null;
                });
    }

    private Future<Void> verifyAll() {
        return verify.sealAndRun()
                .onSuccess(found -> found.filter(books -> !books.balanced())
                        .ifPresent(books -> LOG.error(
                                "The books have {} problems: GET /admin/ledger/verify names them",
                                books.problems().size())))
                .mapEmpty();
    }

    static Instant nightBefore(Instant now) {
        ZonedDateTime today =
                now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).plusHours(HOUR_UTC);
        return (today.toInstant().isAfter(now) ? today.minusDays(1) : today).toInstant();
    }
}
