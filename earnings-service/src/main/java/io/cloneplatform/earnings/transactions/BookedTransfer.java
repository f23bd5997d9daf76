package io.cloneplatform.earnings.transactions;

import io.cloneplatform.common.json.Money;

/**
 * A ledger transfer as operators see it in a list.
 *
 * @param amount what it moved; of a hold and of its release, what was held
 * @param entryCount how many accounts it touches
 * @param userId the member who caused it, or null
 * @param userName the name of that member, or null
 * @param reverses the transfer that this one takes back, or null
 * @param createdAt when, ISO-8601
 */
record BookedTransfer(
        String id,
        String kind,
        String phase,
        Money amount,
        int entryCount,
        String userId,
        String userName,
        String reference,
        String memo,
        String reverses,
        String createdAt) {}
