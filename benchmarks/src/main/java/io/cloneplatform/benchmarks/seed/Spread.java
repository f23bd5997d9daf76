package io.cloneplatform.benchmarks.seed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Members at equal distances all over the tree, so that a baseline can name them without a look-up.
 *
 * @param first the number of the first one
 * @param stride from one to the next; odd, so that both kinds of withdrawal password are among them
 * @param count how many there are
 */
public record Spread(long first, long stride, int count) {
    private static final long SHUFFLE = 42;

    /** At most so many from a range of numbers. */
    static Spread over(long first, long last, int atMost) {
        long members = last - first + 1;
        long stride = Math.max(1, members / atMost);
        long odd = stride % 2 == 1 ? stride : stride - 1;
        return new Spread(first, odd, (int) Math.min(atMost, members));
    }

    /** Their numbers in no order, the same each time. */
    public List<Long> numbers() {
        List<Long> numbers = new ArrayList<>(
                LongStream.range(0, count).map(i -> first + stride * i).boxed().toList());
        Collections.shuffle(numbers, new Random(SHUFFLE));
        return numbers;
    }

    /** The same for a script of pgbench. */
    public Map<String, Long> variables() {
        return Map.of("first", first, "stride", stride, "submitters", (long) count);
    }
}
