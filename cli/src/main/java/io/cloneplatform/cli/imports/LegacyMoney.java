package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A member's money as the dump has it, in minor units.
 *
 * @param balance the balance, negative where the premium bug left it so
 * @param earned lifetime earnings
 * @param level1 the part that came from direct referrals
 * @param level2 the part that came from their referrals
 * @param level3 the part that came from all below
 * @param bonus the part that came from bonuses
 */
record LegacyMoney(long balance, long earned, long level1, long level2, long level3, long bonus) {
    // The predecessor paid ten levels; here the third stands for all below the second.
    private static final int DEEPEST_LEVEL = 10;

    /** Reads it, and tells what could not be read or does not add up. */
    static LegacyMoney of(MemberRecords records, Findings findings) {
        Reader user = new Reader(records.user().key(), new Fields(records.user().value()), findings);
        Reader profits = new Reader(records.user().key(), new Fields(records.profits()), findings);
        Reader levels =
                new Reader(records.user().key(), new Fields(records.profits().path("byLevel")), findings);

        long bonus = records.bonuses().values().stream()
                .mapToLong(
                        claim -> Math.max(0, Amounts.minor(claim.path("amount")).orElse(0L)))
                .sum();
        long level1 = level1(records, profits, levels);
        long deeper = IntStream.rangeClosed(3, DEEPEST_LEVEL)
                .mapToLong(level -> levels.earned("level_" + level).orElse(0L))
                .sum();
        long level2 = levels.earned("level_2").orElseGet(() -> profits.earned("fromIndirectReferrals")
                .map(indirect -> Math.max(0, indirect - deeper))
                .orElse(0L));
        long parts = level1 + level2 + deeper + bonus;
        // The member's own total counted bonuses alone, the separate record everything else.
        long told = Math.max(
                user.earned("totalEarned").orElse(0L),
                profits.earned("totalEarned").map(total -> total + bonus).orElse(0L));
        if (told < parts && (user.fields.has("totalEarned") || profits.fields.has("totalEarned"))) {
            user.tell(Oddity.EARNINGS_CORRECTED, "from " + Texts.money(told) + " to " + Texts.money(parts));
        }
        long balance = user.amount("balance").orElse(0L);
        return new LegacyMoney(balance, Math.max(told, parts), level1, level2, deeper, bonus);
    }

    private static long level1(MemberRecords records, Reader profits, Reader levels) {
        Optional<Long> fromLinks = records.sharedProfit().map(sum -> Math.max(0, sum));
        Optional<Long> fromProfits = levels.earned("level_1").or(() -> profits.earned("fromDirectChildren"));
        return fromLinks.or(() -> fromProfits).orElse(0L);
    }

    /** How the books open when this much belongs to the member. */
    Opening opening(long posted) {
        return new Opening(earned - level1 - level2 - level3 - bonus, level1, level2, level3, bonus, posted);
    }

    /** Amounts of one document. */
    private record Reader(String key, Fields fields, Findings findings) {
        Optional<Long> amount(String name) {
            Optional<Long> amount = fields.money(name);
            if (amount.isEmpty() && fields.has(name)) {
                JsonNode value = fields.value(name);
                tell(Oddity.AMOUNT_UNREADABLE, name + " is " + Texts.line(value.toString(), 50));
            }
            return amount;
        }

        /** Earnings are never negative. */
        Optional<Long> earned(String name) {
            return amount(name).map(amount -> Math.max(0, amount));
        }

        void tell(Oddity oddity, String sentence) {
            findings.add(oddity, key, sentence);
        }
    }
}
