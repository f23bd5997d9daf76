package io.cloneplatform.standalone.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");
    private final Timetable timetable = new Timetable(LocalTime.of(2, 0), START);

    @Test
    void aFreshOneWaitsForTheTimeOfDay() {
        assertThat(due("2026-11-30T02:00:10Z")).isEqualTo("2026-12-01T02:00:00Z");
    }

    @Test
    void oneThatWasMadeHereIsFollowedByTheNextDays() {
        assertThat(due("2026-12-03T02:00:03Z")).isEqualTo("2026-12-04T02:00:00Z");
    }

    @Test
    void oneThatIsTooOldIsFollowedAtOnce() {
        assertThat(due("2026-11-29T02:00:00Z")).isEqualTo("2026-11-30T12:01:00Z");
        assertThat(due("2026-11-29T11:00:00Z")).isEqualTo("2026-11-30T13:00:00Z");
    }

    @Test
    void theFirstIsMadeSoon() {
        assertThat(timetable.due(Optional.empty(), Optional.empty())).isEqualTo("2026-11-30T12:10:00Z");
    }

    @Test
    void oneThatFailedIsTriedAgainWithinTheHour() {
        assertThat(timetable.due(Optional.empty(), Optional.of(START.plusSeconds(600))))
                .isEqualTo("2026-11-30T12:40:00Z");
    }

    private Instant due(String newest) {
        return timetable.due(Optional.of(Instant.parse(newest)), Optional.empty());
    }
}
