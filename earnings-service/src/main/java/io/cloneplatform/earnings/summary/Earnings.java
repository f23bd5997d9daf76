package io.cloneplatform.earnings.summary;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cloneplatform.common.json.Money;

/** What a member earned and from whom. */
public record Earnings(Money balance, Money totalEarned, ByLevel byLevel, int childCount, String parentUserId) {
    /** Commissions by referral level. */
    public record ByLevel(
            @JsonProperty("level_1") Money level1,
            @JsonProperty("level_2") Money level2,
            @JsonProperty("level_3") Money level3) {}

    /** From members who were invited by this one. */
    public Money fromDirectChildren() {
        return byLevel.level1();
    }

    /** From the two levels below those. */
    public Money fromIndirectReferrals() {
        return byLevel.level2().plus(byLevel.level3());
    }

    /** From all three levels. */
    public Money totalFromChildren() {
        return fromDirectChildren().plus(fromIndirectReferrals());
    }
}
