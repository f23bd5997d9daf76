package io.cloneplatform.auth.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Money;
import java.util.UUID;

/**
 * A member as the member and admins see them: the fields of {@code user:<id>} that are meant to be shown, never a secret.
 *
 * @param premiumAssignment the open assignment, or null
 */
public record Profile(
        UUID id,
        String email,
        String username,
        String name,
        String gender,
        Money balance,
        Money heldBalance,
        Money totalEarned,
        String vipTier,
        String invitationCode,
        String parentUserId,
        int childCount,
        int productsSubmitted,
        boolean accountFrozen,
        Money freezeAmount,
        String freezeReason,
        JsonNode premiumAssignment,
        String createdAt) {

    public Profile {
        balance = orZero(balance);
        heldBalance = orZero(heldBalance);
        totalEarned = orZero(totalEarned);
        freezeAmount = orZero(freezeAmount);
        premiumAssignment = shown(premiumAssignment);
    }

    private static Money orZero(Money amount) {
        return amount == null ? Money.ZERO : amount;
    }

    // Whether the assignment still freezes is the store's own business; accountFrozen says what it means.
    private static JsonNode shown(JsonNode assignment) {
        return assignment instanceof ObjectNode open ? open.deepCopy().without("freezes") : null;
    }
}
