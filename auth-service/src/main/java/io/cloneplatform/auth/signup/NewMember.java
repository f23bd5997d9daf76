package io.cloneplatform.auth.signup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.auth.Gender;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Instants;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A member about to be written, with the documents they begin with.
 *
 * @param parentId who invited them, or null
 */
record NewMember(UUID id, String email, String username, String name, Gender gender, UUID parentId, Instant createdAt) {

    static NewMember of(SignupRequest body, String username, UUID parentId) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new NewMember(Ids.next(), body.email(), username, body.name(), body.gender(), parentId, now);
    }

    String parentText() {
        return parentId == null ? null : parentId.toString();
    }

    /** {@code user:<id>}; the ledger keeps its money fields from here on. */
    ObjectNode document(String invitationCode) {
        ObjectNode user = Json.object()
                .put("id", id.toString())
                .put("email", email)
                .put("username", username)
                .put("name", name)
                .putPOJO("gender", gender)
                .put("balance", 0)
                .put("heldBalance", 0)
                .put("totalEarned", 0)
                .put("vipTier", "Normal")
                .put("invitationCode", invitationCode);
        return user.put("parentUserId", parentText())
                .put("childCount", 0)
                .put("productsSubmitted", 0)
                .put("accountFrozen", false)
                .put("freezeAmount", 0)
                .putNull("freezeReason")
                .put("createdAt", Instants.iso(createdAt));
    }

    /** {@code invitecode:<CODE>}. */
    ObjectNode codeDocument(String invitationCode) {
        return Json.object()
                .put("code", invitationCode)
                .put("userId", id.toString())
                .put("createdAt", Instants.iso(createdAt));
    }

    /** {@code referral:<parent>:<child>}. */
    ObjectNode referralDocument() {
        return Json.object()
                .put("parentId", parentText())
                .put("childId", id.toString())
                .put("childName", name)
                .put("childEmail", email)
                .put("totalSharedProfit", 0)
                .putNull("lastProductAt")
                .put("createdAt", Instants.iso(createdAt));
    }
}
