package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A member as the predecessor would have kept one: numbers that belong together, then oddities by position. */
final class SampleMember {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final BigDecimal NOISE = new BigDecimal("0.0000000001");

    private final int number;
    private final String id;
    private final SampleMember parent;
    private final long pending;
    private final List<SampleMember> children = new ArrayList<>();
    private final long own;
    private final long approved;
    private long fromChildren;

    SampleMember(int number, SampleMember parent, Random random) {
        this.number = number;
        this.parent = parent;
        UUID uuid = new UUID((random.nextLong() & ~0xf000L) | 0x4000L, (random.nextLong() >>> 2) | (1L << 63));
        this.id = number % 125 == 60 ? "member-" + number : uuid.toString();
        this.own = 10_000L + random.nextInt(200_000);
        this.approved = number % 5 == 0 ? 1_000L + random.nextInt(5_000) : 0;
        this.pending = number % 17 == 6 ? 500L + random.nextInt(2_000) : 0;
        if (parent != null) {
            parent.children.add(this);
            parent.fromChildren += brought();
        }
    }

    /** What the parent got from this member, in cents. */
    long brought() {
        return own / 4;
    }

    String id() {
        return id;
    }

    int number() {
        return number;
    }

    SampleMember parent() {
        return parent;
    }

    List<SampleMember> children() {
        return children;
    }

    long approved() {
        return approved;
    }

    long pending() {
        return pending;
    }

    long own() {
        return own;
    }

    long fromChildren() {
        return fromChildren;
    }

    Instant joined() {
        return START.plusSeconds(3_600L * number);
    }

    /** The premium bug: a premium product above the balance turned it into a debt. */
    boolean hasDebt() {
        return number % 33 == 11;
    }

    boolean hasPaidPremium() {
        return number % 77 == 13;
    }

    boolean hasBonus() {
        return number % 20 == 10;
    }

    /** 25.00 for products_10. */
    long bonus() {
        return hasBonus() ? 2_500 : 0;
    }

    long earned() {
        return own + fromChildren + bonus();
    }

    /** The balance in the dump, in cents. */
    long balance() {
        long balance = earned() - approved;
        if (hasDebt()) {
            return -5_000;
        }
        return switch (number) {
            case 23 -> 0;
            case 24 -> 1_250;
            case 25 -> 0;
            default -> balance + (hasPaidPremium() ? 100_000 : 0);
        };
    }

    /** The same as a binary fraction would show it. */
    static BigDecimal fraction(long cents) {
        BigDecimal exact = BigDecimal.valueOf(cents, 2);
        return cents % 3 == 0 ? exact.add(NOISE) : cents % 3 == 1 ? exact.subtract(NOISE) : exact;
    }

    ObjectNode user() {
        ObjectNode user = Json.object()
                .put("id", id)
                .put("email", "m" + number + "@example.com")
                .put("name", "Member " + number)
                .put(number % 2 == 0 ? "vipTier" : "vip_tier", "Normal")
                .put("gender", number % 3 == 0 ? "female" : "male")
                .put("withdrawalPassword", number % 20 == 4 ? "secret " + number : "")
                .put("invitationCode", code())
                .put(number % 2 == 0 ? "parentUserId" : "referredBy", parent == null ? null : parent.id)
                .put("childCount", children.size())
                .put("totalProfitFromChildren", fraction(fromChildren))
                .put("balance", fraction(balance()))
                .put("createdAt", joined().toString());
        if (hasDebt() || hasPaidPremium()) {
            user.putObject("premiumAssignment")
                    .put("amount", hasDebt() ? BigDecimal.valueOf(earned() - approved + 5_000, 2) : fraction(100_000))
                    .put("position", 1 + number % 5)
                    .put("assignedAt", joined().plusSeconds(60).toString());
            user.put("accountFrozen", hasDebt())
                    .put("freezeAmount", hasDebt() ? 50 : 0)
                    .put("productsSubmitted", 1);
        }
        if (number % 2 == 1) {
            user.put("totalEarned", fraction(earned()));
        }
        return user;
    }

    String code() {
        return "C" + String.format(java.util.Locale.ROOT, "%05d", number);
    }
}
