package io.cloneplatform.earnings.bonus;

import io.cloneplatform.common.json.Money;
import java.util.List;

/**
 * What a member's bonuses are decided on, read together.
 *
 * @param tierRank 0 for Normal up to 4 for Diamond
 * @param tierThresholds lifetime earnings in minor units that reach each rank
 * @param directReferrals members invited
 * @param indirectReferrals members on the two levels below those
 * @param products credited submissions
 * @param earnedThisMonth earnings of the current month (UTC) in minor units
 * @param earned lifetime earnings
 */
record BonusFacts(
        int tierRank,
        List<Long> tierThresholds,
        long directReferrals,
        long indirectReferrals,
        long products,
        long earnedThisMonth,
        Money earned) {
    BonusFacts {
        tierThresholds = List.copyOf(tierThresholds);
    }
}
