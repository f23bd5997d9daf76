package io.cloneplatform.earnings.statement;

import io.cloneplatform.common.json.Money;
import java.util.List;

/**
 * One page of an account's statement.
 *
 * @param statement newest first
 * @param balances of the moment at which the page was read
 * @param nextCursor where older entries begin, or null
 */
record Statement(List<StatementLine> statement, Balances balances, String nextCursor) {
    /**
     * What belongs to a member: posted is held and available together.
     *
     * @param held the part that is reserved for withdrawals
     */
    record Balances(Money posted, Money held, Money available) {}
}
