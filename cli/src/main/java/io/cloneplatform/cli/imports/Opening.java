package io.cloneplatform.cli.imports;

import java.util.List;

/**
 * What a member's books open with, in minor units.
 *
 * @param own earned by own submissions
 * @param level1 earned from direct referrals
 * @param level2 earned from their referrals
 * @param level3 earned from all below
 * @param bonus earned by bonuses
 * @param posted what belongs to the member, available and held
 */
record Opening(long own, long level1, long level2, long level3, long bonus, long posted) {
    /**
     * One opening transfer.
     *
     * @param name its place in the reference {@code opening:<userId>:<name>}
     * @param role the role of the member's entry
     * @param amount what it moves to the member; negative for a correction downwards
     * @param earned how much of it counts as lifetime earnings
     */
    record Part(String name, String role, long amount, long earned) {
        private static Part earned(String name, long amount) {
            return new Part(name, "opening_" + name, amount, amount);
        }
    }

    /** Lifetime earnings. */
    long earned() {
        return own + level1 + level2 + level3 + bonus;
    }

    /**
     * The transfers in their order. What was earned comes first and the correction last, so that the balance never dips
     * below what it ends at.
     */
    List<Part> parts() {
        return List.of(
                        Part.earned("own", own),
                        Part.earned("level_1", level1),
                        Part.earned("level_2", level2),
                        Part.earned("level_3", level3),
                        Part.earned("bonus", bonus),
                        new Part("balance", "opening", posted - earned(), 0))
                .stream()
                .filter(part -> part.amount() != 0)
                .toList();
    }
}
