package io.cloneplatform.auth.users;

import io.cloneplatform.common.json.Money;
import java.util.UUID;

/**
 * One line of a member's ledger account.
 *
 * @param role the member's part in the transfer, as in {@code own} or {@code level_1}
 * @param amount change of what the member owns
 * @param held change of the part of it that is held
 * @param balanceAfter the available balance after it
 */
record LedgerLine(
        String id,
        UUID transferId,
        String kind,
        String role,
        Money amount,
        Money held,
        Money balanceAfter,
        String reference,
        String createdAt) {}
