package io.cloneplatform.benchmarks.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloserTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void stopsTheLastOneFirstAndEachOnce() {
        try (Closer closer = new Closer()) {
            closer.keep(() -> () -> closed.add("first"));
            AutoCloseable second = closer.keep(() -> () -> closed.add("second"));
            closer.keep(() -> () -> closed.add("third"));
            closer.release(second);
        }
        assertThat(closed).containsExactly("second", "third", "first");
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthers() {
        try (Closer closer = new Closer()) {
            closer.keep(() -> () -> closed.add("first"));
            closer.keep(() -> () -> {
                throw new IllegalStateException("stuck");
            });
        }
        assertThat(closed).containsExactly("first");
    }

    @Test
    void nothingIsStartedAnyMoreWhenItIsStopping() {
        Closer closer = new Closer();
        closer.close();
        assertThatThrownBy(() -> closer.keep(() -> () -> closed.add("late"))).hasMessageContaining("stopped");
        assertThat(closer.closing()).isTrue();
    }
}
