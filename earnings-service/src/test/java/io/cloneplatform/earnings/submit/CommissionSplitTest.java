package io.cloneplatform.earnings.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.earnings.ledger.Transfer;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommissionSplitTest {
    private static final CommissionSplit SPLIT = new CommissionSplit(List.of(80, 10, 5, 5));

    static Line line(int depth) {
        return line(IntStream.rangeClosed(1, depth).boxed().collect(Collectors.toSet()));
    }

    /** A line in which only the ancestors of some levels are there. */
    static Line line(Set<Integer> levels) {
        List<Line.Ancestor> ancestors = levels.stream()
                .sorted()
                .map(level -> new Line.Ancestor(level, new UUID(1, level), "level " + level))
                .toList();
        UUID parent = levels.contains(1) ? new UUID(1, 1) : null;
        return new Line(new UUID(1, 0), "m@example.com", "member", parent, ancestors, null);
    }

    @Test
    void splitsEightyTenFiveFive() {
        assertThat(SPLIT.shares(10_000)).containsExactly(8_000, 1_000, 500, 500);
    }

    @Test
    void giveTheLeftOverCentsToTheLargestRemaindersAndTheEarlierLevelFirst() {
        assertThat(SPLIT.shares(1)).containsExactly(1, 0, 0, 0);
        assertThat(SPLIT.shares(7)).containsExactly(6, 1, 0, 0);
        assertThat(SPLIT.shares(10)).containsExactly(8, 1, 1, 0);
        assertThat(SPLIT.shares(30)).containsExactly(24, 3, 2, 1);
        assertThat(new CommissionSplit(List.of(25, 25, 25, 25)).shares(2)).containsExactly(1, 1, 0, 0);
    }

    static long sum(Transfer transfer) {
        return transfer.entries().stream().mapToLong(Transfer.Entry::amount).sum();
    }

    @Test
    void refusesPercentagesThatAreNotTheWhole() {
        assertThatThrownBy(() -> new CommissionSplit(List.of(80, 10, 5, 6)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CommissionSplit(List.of(110, -10, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SPLIT.shares(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
