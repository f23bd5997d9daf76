package io.cloneplatform.common.config;

import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;

/**
 * The business rules that an installation may change. Amounts are minor units.
 *
 * @param currency ISO 4217 code of the one currency
 * @param splitPercent shares of a credited product in percent: member, parent, grandparent, great-grandparent
 * @param reviewThreshold a submission above it waits for an admin
 * @param dailyCreditCap what a member is credited a day without an admin
 * @param tierThresholds lifetime earnings that reach Silver, Gold, Platinum, Diamond
 * @param boostPercent paid on top for completing a premium assignment
 * @param premiumExpiryDays days until an open premium assignment expires
 * @param requireFunding whether approving a withdrawal needs recorded funds
 */
public record MoneyRules(
        String currency,
        List<Integer> splitPercent,
        long reviewThreshold,
        long dailyCreditCap,
        List<Long> tierThresholds,
        int boostPercent,
        int premiumExpiryDays,
        boolean requireFunding) {

    private static final long MAX_TIER = 1_000_000_000_000L;

    /** The rules of the contract. */
    public static MoneyRules defaults() {
        return read(new Env(java.util.Map.of()));
    }

    static MoneyRules read(Env env) {
        List<Integer> split = percentages(env);
        return new MoneyRules(
                currency(env),
                split,
                100 * env.number("REVIEW_THRESHOLD", 10_000, 0, 1_000_000_000L),
                100 * env.number("DAILY_CREDIT_CAP", 100_000, 0, 1_000_000_000L),
                tiers(env),
                (int) env.number("PREMIUM_BOOST_PERCENT", 10, 0, 100),
                (int) env.number("PREMIUM_EXPIRY_DAYS", 30, 1, 3650),
                env.flag("PAYOUTS_REQUIRE_FUNDING", false));
    }

    private static List<Integer> percentages(Env env) {
        List<Long> split = numbers(env, "COMMISSION_SPLIT", "80,10,5,5").toList();
        if (split.size() != 4
                || split.stream().anyMatch(share -> share < 0 || share > 100)
                || split.stream().mapToLong(Long::longValue).sum() != 100) {
            env.problem("COMMISSION_SPLIT", "expected four percentages that add up to 100, as in 80,10,5,5");
        }
        return split.stream().map(Long::intValue).toList();
    }

    // Amounts have two decimals everywhere; a currency with another number of them would be shown wrong.
    private static String currency(Env env) {
        String code = env.text("CURRENCY", "USD");
        boolean known = Currency.getAvailableCurrencies().stream()
                .anyMatch(each -> each.getCurrencyCode().equals(code) && each.getDefaultFractionDigits() == 2);
        if (!known) {
            env.problem("CURRENCY", "expected an ISO 4217 code of a currency with two decimals, as in USD");
        }
        return code;
    }

    private static List<Long> tiers(Env env) {
        List<Long> tiers = numbers(env, "TIER_THRESHOLDS", "500,2000,5000,10000")
                .map(major -> major > MAX_TIER ? -1 : major * 100)
                .toList();
        if (tiers.size() != 4
                || !tiers.equals(tiers.stream().sorted().distinct().toList())
                || tiers.get(0) <= 0) {
            env.problem("TIER_THRESHOLDS", "expected four rising amounts, as in 500,2000,5000,10000");
        }
        return tiers;
    }

    private static Stream<Long> numbers(Env env, String key, String orElse) {
        try {
            return Stream.of(env.text(key, orElse).split(",", -1))
                    .map(part -> Long.valueOf(part.strip()))
                    .toList()
                    .stream();
        } catch (NumberFormatException e) {
            env.problem(key, "expected numbers separated by commas");
            return Stream.of(orElse.split(",", -1)).map(Long::valueOf);
        }
    }
}
