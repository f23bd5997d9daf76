package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.common.kv.Keys;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A withdrawal of the dump.
 *
 * @param id its new id, which sorts by the time of the request
 * @param legacyId its old id, {@code <userId>-<milliseconds>}
 * @param member whose it is
 * @param amount minor units, above zero
 * @param status pending, approved, denied or cancelled
 * @param rest what this platform has no field for
 */
record LegacyWithdrawal(
        UUID id,
        String legacyId,
        UUID member,
        long amount,
        String status,
        Instant requestedAt,
        Instant approvedAt,
        Instant deniedAt,
        String denialReason,
        ObjectNode rest) {
    static final String PENDING = "pending";

    private static final String NOT_COVERED =
            "When the books were carried over, the balance did not cover it. Request it again.";
    private static final Map<String, String> STATES = Map.ofEntries(
            Map.entry("pending", PENDING),
            Map.entry("approved", "approved"),
            Map.entry("completed", "approved"),
            Map.entry("paid", "approved"),
            Map.entry("denied", "denied"),
            Map.entry("rejected", "denied"),
            Map.entry("declined", "denied"),
            Map.entry("cancelled", "cancelled"),
            Map.entry("canceled", "cancelled"));

    /** Reads a record of a known member; empty when its state or amount is none of this platform's. */
    static Optional<LegacyWithdrawal> of(LegacyRecord row, Instant now) {
        Fields fields = new Fields(row.value());
        String status = STATES.get(fields.text("status").orElse("").toLowerCase(Locale.ROOT));
        long amount = fields.money("amount").orElse(0L);
        if (status == null || amount <= 0) {
            return Optional.empty();
        }
        String legacyId = row.name();
        fields.skip("id", "userId", "userEmail", "userName");
        Optional<Instant> told = fields.time("requestedAt", "createdAt").or(() -> Times.inId(legacyId));
        return Optional.of(new LegacyWithdrawal(
                LegacyIds.timed(told, "withdrawal:" + legacyId),
                legacyId,
                UUID.fromString(row.owner()),
                amount,
                status,
                told.orElse(now),
                fields.time("approvedAt", "processedAt").orElse(null),
                fields.time("deniedAt").orElse(null),
                fields.line(500, "denialReason", "reason").orElse(null),
                fields.rest()));
    }

    boolean isPending() {
        return status.equals(PENDING);
    }

    /** The same request, denied because there is no balance to hold for it. */
    LegacyWithdrawal uncovered(Instant at) {
        return new LegacyWithdrawal(id, legacyId, member, amount, "denied", requestedAt, null, at, NOT_COVERED, rest);
    }

    String key() {
        return Keys.withdrawal(member, id);
    }

    ObjectNode document(String email, String name) {
        ObjectNode document = Json.object()
                .put("id", id.toString())
                .put("userId", member.toString())
                .put("userEmail", email)
                .put("userName", name)
                .put("amount", new Money(amount).major())
                .put("status", status)
                .put("requestedAt", Instants.iso(requestedAt))
                .put("approvedAt", iso(status.equals("approved") && approvedAt == null ? requestedAt : approvedAt))
                .put("deniedAt", iso(status.equals("denied") && deniedAt == null ? requestedAt : deniedAt))
                .put("denialReason", denialReason)
                .put("legacyId", legacyId);
        if (!rest.isEmpty()) {
            document.set("legacy", rest);
        }
        return document;
    }

    private static String iso(Instant at) {
        return at == null ? null : Instants.iso(at);
    }
}
