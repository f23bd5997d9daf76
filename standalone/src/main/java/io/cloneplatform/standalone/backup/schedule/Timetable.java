package io.cloneplatform.standalone.backup.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * When the next backup is due: every day at one time; sooner where the newest is older than it may be,
 * because the process did not run at that time; and again soon after one that failed.
 *
 * @param at the time of day, in UTC
 * @param startedAt when the process began
 */
record Timetable(LocalTime at, Instant startedAt) {
    private static final Duration MAY_BE_OLD = Duration.ofHours(26);
    private static final Duration FIRST = Duration.ofMinutes(10);
    private static final Duration WARM_UP = Duration.ofMinutes(1);
    private static final Duration AGAIN = Duration.ofMinutes(30);

    /**
     * The next moment.
     *
     * @param newest the snapshot of the newest backup
     * @param failed when the last attempt failed; empty when it did not
     */
    Instant due(Optional<Instant> newest, Optional<Instant> failed) {
        if (failed.isPresent()) {
            return failed.get().plus(AGAIN);
        }
        Instant soonest = startedAt.plus(WARM_UP);
        Instant daily = nextDaily(newest.filter(made -> made.isAfter(startedAt)).orElse(startedAt));
        Instant overdue = newest.map(made -> made.plus(MAY_BE_OLD)).orElse(startedAt.plus(FIRST));
        Instant earlier = overdue.isBefore(daily) ? overdue : daily;
        return earlier.isBefore(soonest) ? soonest : earlier;
    }

    private Instant nextDaily(Instant after) {
        Instant today = after.atOffset(ZoneOffset.UTC).with(at).toInstant();
        return today.isAfter(after) ? today : today.plus(Duration.ofDays(1));
    }
}
