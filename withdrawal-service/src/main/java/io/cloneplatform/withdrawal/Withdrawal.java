package io.cloneplatform.withdrawal;

import io.cloneplatform.common.json.Money;

/**
 * A withdrawal as it is stored and shown.
 *
 * @param userEmail the member's e-mail address when it was requested
 * @param userName the member's name when it was requested
 * @param amount what was moved from available to held
 * @param approvedAt when it was paid out, or null
 * @param deniedAt when it was denied, or null
 * @param denialReason why it was denied, or null
 */
public record Withdrawal(
        String id,
        String userId,
        String userEmail,
        String userName,
        Money amount,
        WithdrawalStatus status,
        String requestedAt,
        String approvedAt,
        String deniedAt,
        String denialReason) {}
