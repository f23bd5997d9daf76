package io.cloneplatform.premium;

import io.cloneplatform.common.json.Money;

/**
 * Writes amounts for people.
 *
 * @param currency ISO 4217 code of the installation's currency
 */
public record Prices(String currency) {
    /** The amount with its currency, as in {@code $12.50} or {@code EUR 12.50}. */
    public String show(Money amount) {
        return (currency.equals("USD") ? "$" : currency + " ") + amount.text();
    }
}
