package io.cloneplatform.earnings.bonus;

import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * When a bonus is earned, and how far a member is.
 *
 * @param met whether it is earned
 * @param progress percent of the way, 100 exactly when it is earned
 */
record Rule(Predicate<BonusFacts> met, ToIntFunction<BonusFacts> progress) {
    private static final int DONE = 100;

    /** Earned when a number reaches a goal. */
    static Rule atLeast(ToLongFunction<BonusFacts> measured, long goal) {
        return new Rule(
                facts -> measured.applyAsLong(facts) >= goal, facts -> percent(measured.applyAsLong(facts), goal));
    }

    /** Earned by the tier that a member has, however they came by it; on the way there, earnings count. */
    static Rule tier(int rank) {
        return new Rule(
                facts -> facts.tierRank() >= rank,
                facts -> facts.tierRank() >= rank
                        ? DONE
                        : Math.min(
                                DONE - 1,
                                percent(
                                        facts.earned().minor(),
                                        facts.tierThresholds().get(rank))));
    }

    private static int percent(long measured, long goal) {
        return measured >= goal ? DONE : (int) (Math.max(0, measured) * DONE / goal);
    }
}
