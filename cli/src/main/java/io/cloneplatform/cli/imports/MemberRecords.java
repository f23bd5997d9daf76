package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything a dump says about one member, gathered from all its records. */
final class MemberRecords {
    private final MemberNode node;
    private final Map<String, JsonNode> bonuses = new LinkedHashMap<>();
    private final List<LegacyWithdrawal> withdrawals = new ArrayList<>();
    private final List<String> codes = new ArrayList<>();
    private LegacyRecord user;
    private JsonNode profits = MissingNode.getInstance();
    private LegacyRecord link;
    private int products;
    private boolean hasReferrals;
    private long sharedProfit;

    private MemberRecords(MemberNode node) {
        this.node = node;
    }

    /** Gathers the records of some members, in their order. */
    static List<MemberRecords> of(Dump dump, MemberIndex index, List<MemberNode> nodes, Instant now) {
        Map<String, MemberRecords> all = new LinkedHashMap<>();
        nodes.forEach(node -> all.put(node.id().toString(), new MemberRecords(node)));
        dump.ofOwners(
                all.keySet(),
                row -> all.get(row.owner()).add(row, index, now),
                Kind.USER,
                Kind.PROFITS,
                Kind.BONUSES,
                Kind.CODE,
                Kind.WITHDRAWAL,
                Kind.REFERRAL);
        dump.linksOf(all.keySet(), row -> all.get(row.place().subject()).addLink(row));
        dump.countOf(all.keySet(), Kind.PRODUCT).forEach((owner, count) -> all.get(owner).products = count);
        all.values().forEach(MemberRecords::sort);
        return List.copyOf(all.values());
    }

    private void add(LegacyRecord row, MemberIndex index, Instant now) {
        switch (row.place().kind()) {
            case USER -> user = index.isSetAside(row) ? user : row;
            case PROFITS -> profits = row.value();
            case BONUSES -> row.value().forEach(this::addBonus);
            case CODE -> codes.add(row.place().subject());
            case WITHDRAWAL -> LegacyWithdrawal.of(row, now).ifPresent(withdrawals::add);
            case REFERRAL -> {
                hasReferrals = true;
                sharedProfit +=
                        new Fields(row.value()).money("totalSharedProfit").orElse(0L);
            }
            default -> throw new IllegalStateException(row.kind());
        }
    }

    // The list of claims and the log of claims tell the same story; whichever has the bonus first counts.
    private void addBonus(JsonNode claim) {
        String id = bonusId(claim);
        if (!id.isBlank()) {
            bonuses.putIfAbsent(id, claim);
        }
    }

    /** The bonus a claim is of; blank when it does not say. */
    static String bonusId(JsonNode claim) {
        JsonNode named = claim.isTextual() ? claim : claim.path(claim.has("bonusId") ? "bonusId" : "id");
        return named.asText("").strip();
    }

    private void addLink(LegacyRecord row) {
        if (node.parent() != null && node.parent().toString().equals(row.owner())) {
            link = row;
        }
    }

    private void sort() {
        withdrawals.sort(Comparator.comparing(LegacyWithdrawal::requestedAt).thenComparing(LegacyWithdrawal::legacyId));
    }

    MemberNode node() {
        return node;
    }

    LegacyRecord user() {
        return user;
    }

    /** The separate record of earnings; missing when there is none. */
    JsonNode profits() {
        return profits;
    }

    /** The record that links this member to the parent, when there is one. */
    Optional<LegacyRecord> link() {
        return Optional.ofNullable(link);
    }

    /** Claimed bonuses by their ids. */
    Map<String, JsonNode> bonuses() {
        return bonuses;
    }

    /** Withdrawals of known state and amount, oldest first. */
    List<LegacyWithdrawal> withdrawals() {
        return withdrawals;
    }

    /** Invitation codes with a record of their own. */
    List<String> codes() {
        return codes;
    }

    /** How many submissions are on record. */
    int products() {
        return products;
    }

    /** What the members directly below brought, in minor units; empty when no record tells. */
    Optional<Long> sharedProfit() {
        return hasReferrals ? Optional.of(sharedProfit) : Optional.empty();
    }
}
