package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an admin did to a member that lasts.
 *
 * @param tierByHand the tier set by hand, or null when earnings decide
 * @param hold the compliance hold, or null
 * @param offer the open premium offer, or null
 */
record Standing(String tierByHand, ObjectNode hold, ObjectNode offer) {
    private static final Set<String> ENDED =
            Set.of("completed", "revoked", "declined", "expired", "cancelled", "canceled");
    private static final Duration OPEN = Duration.ofDays(30);
    private static final String HOLD_REASON =
            "Your account was frozen on the platform before this one. Open a support ticket to have it reviewed.";

    /** Reads it. Premium assignments become offers, and what they froze is free again. */
    static Standing of(String key, Fields fields, long earned, Tiers tiers, Findings findings, Instant now) {
        JsonNode assignment = fields.value("premiumAssignment");
        ObjectNode offer = offer(key, assignment, findings, now);
        if (offer == null && !assignment.isMissingNode()) {
            fields.keep("premiumAssignment");
        }
        long freezeAmount = fields.money("freezeAmount").orElse(0L);
        boolean byPremium = !assignment.isMissingNode() || freezeAmount > 0;
        boolean frozen = fields.flag("accountFrozen");
        if (frozen && byPremium) {
            String reason = Texts.line(fields.peek("freezeReason").asText(""), 200);
            findings.add(
                    Oddity.FREEZE_DROPPED,
                    key,
                    "an offer freezes nothing" + (reason.isEmpty() ? "" : "; it was: " + reason));
        }
        return new Standing(
                tiers.byHand(key, fields, earned, findings),
                frozen && !byPremium ? hold(key, fields, findings, now) : null,
                offer);
    }

    private static ObjectNode offer(String key, JsonNode assignment, Findings findings, Instant now) {
        Fields fields = new Fields(assignment);
        long amount = fields.money("amount").orElse(0L);
        String status = fields.text("status").orElse("").toLowerCase(Locale.ROOT);
        if (!assignment.isMissingNode() && (amount <= 0 || ENDED.contains(status))) {
            findings.add(
                    ENDED.contains(status) ? Oddity.PREMIUM_ENDED : Oddity.UNREADABLE_RECORD,
                    key,
                    "premiumAssignment " + Texts.line(status, 50));
        }
        if (amount <= 0 || ENDED.contains(status)) {
            return null;
        }
        int position = Math.max(1, fields.wholeNumber("position").orElse(1));
        Instant assigned = fields.time("assignedAt").orElse(now);
        findings.add(
                Oddity.PREMIUM_OFFERED,
                key,
                Texts.money(amount) + " at position " + position + ", open for " + OPEN.toDays() + " days from now");
        return Json.object()
                .put(
                        "id",
                        LegacyIds.timed(Optional.of(assigned), "premium:" + key).toString())
                .put("amount", new Money(amount).major())
                .put("position", position)
                .put("status", "offered")
                .put("assignedAt", Instants.iso(assigned))
                .put("expiresAt", Instants.iso(now.plus(OPEN)))
                .putNull("acceptedAt")
                .put("freezes", false);
    }

    private static ObjectNode hold(String key, Fields fields, Findings findings, Instant now) {
        String reason = fields.line(500, "freezeReason", "frozenReason").orElse(HOLD_REASON);
        findings.add(Oddity.FREEZE_KEPT, key, reason);
        return Json.object().put("reason", reason).put("by", "import").put("at", Instants.iso(now));
    }
}
