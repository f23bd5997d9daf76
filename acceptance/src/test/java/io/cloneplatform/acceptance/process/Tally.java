package io.cloneplatform.acceptance.process;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What clients know of their own money movements: what they asked for, and what they were told became of it. In cents. */
final class Tally {
    /** The ways in which money moves. */
    enum Movement {
        SUBMISSION,
        HOLD,
        PAYOUT,
        RELEASE,
        CREDIT,
        DEBIT
    }

    private final Map<Movement, Count> counts = new EnumMap<>(Movement.class);

    private static final class Count {
        long asked;
        long booked;
        long refused;
        int abandoned;
        final Set<String> ids = new TreeSet<>();
    }

    Tally() {
        for (Movement movement : Movement.values()) {
            counts.put(movement, new Count());
        }
    }

    /** A request is about to be sent. */
    synchronized void asked(Movement movement, long cents) {
        counts.get(movement).asked += cents;
    }

    /** It was acknowledged. */
    synchronized void booked(Movement movement, long cents, String id) {
        Count count = counts.get(movement);
        count.booked += cents;
        if (!count.ids.add(id)) {
            throw new AssertionError("two requests were answered with one id: " + movement + " " + id);
        }
    }

    /** It was refused. */
    synchronized void refused(Movement movement, long cents) {
        counts.get(movement).refused += cents;
    }

    /** Nobody will ever know what became of it. */
    synchronized void abandoned(Movement movement) {
        counts.get(movement).abandoned++;
    }

    /** What must be in the books by now. */
    synchronized long booked(Movement movement) {
        return counts.get(movement).booked;
    }

    /** What may be in the books by now. */
    synchronized long possible(Movement movement) {
        return counts.get(movement).asked - counts.get(movement).refused;
    }

    synchronized int abandonedCount(Movement movement) {
        return counts.get(movement).abandoned;
    }

    /** What was acknowledged. */
    synchronized Set<String> ids(Movement movement) {
        return Set.copyOf(counts.get(movement).ids);
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach((movement, count) -> text.append(movement)
                .append(' ')
                .append(count.ids.size())
                .append(" (")
                .append(count.abandoned)
                .append(" abandoned) "));
        return text.toString();
    }
}
