package io.cloneplatform.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static long[] milliseconds(long first, long last) {
        return LongStream.rangeClosed(first, last).map(ms -> ms * 1_000_000).toArray();
    }

    @Test
    void ofAHundredCallsNinetyFiveTookNoLongerThanTheNinetyFifth() {
        assertThat(Times.percentileMs(milliseconds(1, 100), 95)).isEqualTo(95);
        assertThat(Times.percentileMs(milliseconds(1, 20), 95)).isEqualTo(19);
        assertThat(Times.percentileMs(milliseconds(1, 10), 95)).isEqualTo(10);
        assertThat(Times.percentileMs(milliseconds(7, 7), 50)).isEqualTo(7);
    }

    @Test
    void aRoundThatWasDisturbedIsNotTheMedian() {
        Times times = new Times();
        times.add(milliseconds(1, 100));
        times.add(milliseconds(5_001, 5_100));
        times.add(milliseconds(1, 100));
        times.addError();
        assertThat(times.sample().p95Ms()).isEqualTo(95);
        assertThat(times.sample().p50Ms()).isEqualTo(50);
        assertThat(times.sample().errors()).isEqualTo(1);
    }
}
