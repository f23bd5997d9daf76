package io.cloneplatform.earnings.ledger;

import io.vertx.sqlclient.Row;

/**
 * An account's balances in minor units.
 *
 * @param balance available
 * @param held reserved by holds
 * @param earned lifetime earnings
 */
public record Account(long balance, long held, long earned) {
    static Account of(Row row) {
        return new Account(row.getLong("balance"), row.getLong("held"), row.getLong("earned"));
    }

    /** Available and held together. */
    public long posted() {
        return Math.addExact(balance, held);
    }
}
