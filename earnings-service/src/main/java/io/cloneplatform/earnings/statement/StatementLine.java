package io.cloneplatform.earnings.statement;

import io.cloneplatform.common.json.Money;

/**
 * One change of an account.
 *
 * @param at when, ISO-8601
 * @param id the transfer
 * @param amount change of what belongs to the member
 * @param held change of what is held
 * @param balance available after it
 * @param heldBalance held after it
 * @param posted both together after it
 * @param reverses the transfer that this one takes back, or null
 */
record StatementLine(
        String at,
        String id,
        String kind,
        String phase,
        String role,
        String counterpart,
        String description,
        String reference,
        String memo,
        Money amount,
        Money held,
        Money balance,
        Money heldBalance,
        Money posted,
        String reverses) {}
