package io.cloneplatform.earnings.gauges;

import io.cloneplatform.common.launch.Chore;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.metrics.Counts;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Shows the business in the metrics of every process that runs earnings: read now and then, not for every
 * scrape. While the database is away nothing is known, and every one of them is NaN.
 */
public final class PlatformGauges {
    private static final long PERIOD_MS = TimeUnit.SECONDS.toMillis(15);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Pool pool;
    private volatile Reading last = new Reading(Optional.empty(), 0);

    private record Reading(Optional<PlatformNumbers> numbers, long atNanos) {}

    PlatformGauges(Pool pool) {
        this.pool = pool;
    }

    /** Reads them once, and then again and again until the process stops. */
    public static void start(Node node) {
        PlatformGauges gauges = new PlatformGauges(node.pool());
        gauges.export(new Counts(node.metrics()));
        node.vertx().runOnContext(start -> gauges.read());
        Chore.every(node, PERIOD_MS, "The numbers of the platform were not read", gauges::read);
    }

    /** Reads them; nothing is known any more when that fails. */
    Future<Void> read() {
        return pool.preparedQuery(PlatformNumbers.READ)
                .execute()
                .map(rows -> new PlatformNumbers(rows.iterator().next()))
                .onComplete(done -> last = new Reading(Optional.ofNullable(done.result()), System.nanoTime()))
                .mapEmpty();
    }

    private Optional<PlatformNumbers> known() {
        Reading reading = last;
        return System.nanoTime() - reading.atNanos() < FRESH_NANOS ? reading.numbers() : Optional.empty();
    }

    /** Registers every gauge. */
    void export(Counts metrics) {
        withdrawals(metrics);
        members(metrics);
        support(metrics);
        money(metrics);
    }

    private void withdrawals(Counts metrics) {
        show(metrics, "clone.withdrawals.current", "Withdrawals that wait for review", "pending", "status", "pending");
        for (String status : new String[] {"pending", "approved", "denied", "cancelled"}) {
            show(metrics, "clone.withdrawals.state", "Withdrawals there are, by state", status, "status", status);
        }
        show(
                metrics,
                "clone.withdrawals.oldest.pending.age.seconds",
                "Age of the withdrawal that waits longest for review; 0 when none does",
                "withdrawal_age");
        show(
                metrics,
                "clone.withdrawals.pending.amount.minor",
                "Sum of the withdrawals that wait for review, in minor units",
                "pending_amount");
    }

    private void members(Counts metrics) {
        show(metrics, "clone.members.current", "Members there are", "members");
        show(metrics, "clone.accounts.frozen", "Accounts whose withdrawals are paused", "frozen");
        String premium = "Premium assignments that are open, by state";
        show(metrics, "clone.premium.assignments.current", premium, "premium_offered", "state", "offered");
        show(metrics, "clone.premium.assignments.current", premium, "premium_active", "state", "active");
    }

    private void support(Counts metrics) {
        String tickets = "Support tickets that are not resolved, by state";
        show(metrics, "clone.tickets.current", tickets, "tickets_open", "status", "open");
        show(metrics, "clone.tickets.current", tickets, "tickets_in_progress", "status", "in-progress");
        show(
                metrics,
                "clone.tickets.oldest.waiting.age.seconds",
                "Age of the oldest ticket that is open; 0 when none is",
                "ticket_age");
    }

    private void money(Counts metrics) {
        show(metrics, "clone.member.liabilities.minor", "What members are owed, in minor units", "owed");
        show(metrics, "clone.held.minor", "What is reserved for withdrawals, in minor units", "pending_amount");
        show(metrics, "clone.paid.out.minor", "What was paid out so far, in minor units", "paid");
        show(metrics, "clone.platform.funds.minor", "Funds that are recorded, in minor units", "funds");
        metrics.gauge(
                "clone.coverage.ratio",
                "Recorded funds to what members are owed; 1 when they are owed nothing",
                () -> known().map(PlatformNumbers::coverage));
    }

    private void show(Counts metrics, String name, String description, String column, String... labels) {
        metrics.gauge(name, description, () -> known().map(numbers -> numbers.number(column)), labels);
    }
}
