package io.cloneplatform.premium.assignment;

import io.cloneplatform.common.json.Money;

/**
 * What completing an assignment pays on top of the ordinary split.
 *
 * @param percent of the assignment's amount
 */
public record Boost(int percent) {
    /** The boosted commission, whole cents; a fraction of a cent is not promised. */
    public Money of(Money amount) {
        return new Money(amount.minor() * percent / 100);
    }
}
