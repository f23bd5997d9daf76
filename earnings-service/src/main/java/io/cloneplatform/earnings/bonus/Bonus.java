package io.cloneplatform.earnings.bonus;

import io.cloneplatform.common.json.Money;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A bonus that a member can claim once.
 *
 * @param requirement what it takes, as a sentence
 * @param rule what it takes, as a check
 */
record Bonus(String id, String name, String requirement, Money amount, String category, Rule rule) {
    /** Every bonus there is, in the order in which they are shown. */
    static final List<Bonus> ALL = List.of(
            tier("tier_silver", "Silver", 1, 150),
            tier("tier_gold", "Gold", 2, 300),
            tier("tier_platinum", "Platinum", 3, 500),
            tier("tier_diamond", "Diamond", 4, 1000),
            referrals("referral_5", 5, 25),
            referrals("referral_10", 10, 50),
            referrals("referral_25", 25, 100),
            referrals("referral_50", 50, 200),
            products("products_10", 10, 25),
            products("products_50", 50, 100),
            products("products_100", 100, 250),
            volume("volume_1k", "Earn 1,000 within one calendar month.", 1_000, 100, BonusFacts::earnedThisMonth),
            volume("volume_5k", "Earn 5,000 in all.", 5_000, 500, Bonus::lifetime),
            volume("volume_10k", "Earn 10,000 in all.", 10_000, 1000, Bonus::lifetime),
            bonus(
                    "network_depth",
                    "Deep network",
                    "Have 5 members below those you invited.",
                    200,
                    "depth",
                    Rule.atLeast(BonusFacts::indirectReferrals, 5)));

    /** The bonus of an id, if there is one. */
    static Optional<Bonus> of(String id) {
        return ALL.stream().filter(bonus -> bonus.id().equals(id)).findFirst();
    }

    private static Bonus tier(String id, String tier, int rank, long amount) {
        return bonus(id, tier + " tier", "Reach the " + tier + " tier.", amount, "tier", Rule.tier(rank));
    }

    private static Bonus referrals(String id, int count, long amount) {
        return bonus(
                id,
                count + " referrals",
                "Invite " + count + " members.",
                amount,
                "network",
                Rule.atLeast(BonusFacts::directReferrals, count));
    }

    private static Bonus products(String id, int count, long amount) {
        return bonus(
                id,
                count + " products",
                "Have " + count + " products credited.",
                amount,
                "sales",
                Rule.atLeast(BonusFacts::products, count));
    }

    private static Bonus volume(
            String id, String requirement, long major, long amount, ToLongFunction<BonusFacts> measured) {
        String name = String.format(java.util.Locale.ROOT, "Volume %,d", major);
        return bonus(id, name, requirement, amount, "volume", Rule.atLeast(measured, 100 * major));
    }

    private static Bonus bonus(String id, String name, String requirement, long amount, String category, Rule rule) {
        return new Bonus(id, name, requirement, new Money(100 * amount), category, rule);
    }

    private static long lifetime(BonusFacts facts) {
        return facts.earned().minor();
    }
}
