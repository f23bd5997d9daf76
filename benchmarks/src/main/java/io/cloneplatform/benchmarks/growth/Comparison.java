package io.cloneplatform.benchmarks.growth;

import io.cloneplatform.benchmarks.growth.Side.Timed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Calls two platforms in turn, one call here and the same call there, at a fixed modest rate: what disturbs the machine for
 * longer than a call disturbs both alike.
 */
final class Comparison {
    private static final int SHOWN = 200;

    private final Side small;
    private final Side large;
    private final int calls;
    private final long intervalNanos;
    private final Consumer<String> progress;
    private final Map<Probe, Counts> counts = new LinkedHashMap<>();

    /**
     * Compares two sides.
     *
     * @param calls of each probe on each side in a round
     * @param perSecond calls, on both sides together
     */
    Comparison(Side small, Side large, int calls, int perSecond, Consumer<String> progress) {
        this.small = small;
        this.large = large;
        this.calls = calls;
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.progress = progress;
    }

    private static final class Counts {
        private final Times small = new Times();
        private final Times large = new Times();
        private String problem;
        private int next;

        private Counts(int first) {
            this.next = first;
        }
    }

    /**
     * Measures; one more round goes before the counted ones, to warm everything up.
     *
     * @param first the number of the first call of each probe
     */
    List<Compared> measure(List<Probe> probes, int rounds, int first) throws InterruptedException {
        probes.forEach(probe -> counts.put(probe, new Counts(first)));
        for (int round = 0; round <= rounds; round++) {
            progress.accept(round == 0 ? "Warm-up" : "Round " + round + "/" + rounds);
            for (Probe probe : probes) {
                measure(probe, counts.get(probe), round > 0);
            }
        }
        return counts.entrySet().stream()
                .map(entry -> compared(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Compared compared(Probe probe, Counts seen) {
        return new Compared(probe.name(), probe.operation(), seen.small.sample(), seen.large.sample(), seen.problem);
    }

    private void measure(Probe probe, Counts seen, boolean counted) throws InterruptedException {
        long[] smallNanos = new long[calls];
        long[] largeNanos = new long[calls];
        long due = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            boolean smallFirst = i % 2 == 0;
            for (boolean isSmall : new boolean[] {smallFirst, !smallFirst}) {
                due = Math.max(due + intervalNanos, System.nanoTime() - intervalNanos);
                long nanos = call(probe, isSmall ? small : large, seen, isSmall ? seen.small : seen.large, due);
                (isSmall ? smallNanos : largeNanos)[i] = nanos;
            }
            seen.next++;
        }
        if (counted) {
            seen.small.add(smallNanos);
            seen.large.add(largeNanos);
        }
    }

    private long call(Probe probe, Side side, Counts seen, Times times, long due) throws InterruptedException {
        Call call = probe.requests().next(side, seen.next);
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        Timed timed = side.time(call);
        int status = timed.response().statusCode();
        if (status != probe.status()) {
            times.addError();
            if (seen.problem == null) {
                String body = timed.response().body();
                seen.problem =
                        String.format(Locale.ROOT, "%d %s", status, body.substring(0, Math.min(SHOWN, body.length())));
            }
        }
        return timed.nanos();
    }
}
