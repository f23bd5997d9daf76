package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.cli.imports.RecordImport.Outcome;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** What is left of the records that were read with their members: those whose member is not there. */
final class MemberLeftovers {
    private static final String[] PROFITS = {
        "userId", "totalEarned", "fromDirectChildren", "fromIndirectReferrals", "totalFromChildren", "byLevel"
    };
    private static final String[] CODE = {"userId", "code"};
    private static final String[] LINK = {
        "parentId",
        "childId",
        "parentUserId",
        "childUserId",
        "childName",
        "childEmail",
        "totalSharedProfit",
        "lastProductAt",
        "createdAt"
    };

    private final MemberIndex index;

    MemberLeftovers(MemberIndex index) {
        this.index = index;
    }

    List<Outcome> users(List<LegacyRecord> batch) {
        return batch.stream()
                .map(row -> index.isSetAside(row)
                        ? Outcome.kept(Oddity.SAME_MEMBER, "is " + row.owner() + " too")
                        : Outcome.consumed())
                .toList();
    }

    List<Outcome> earnings(List<LegacyRecord> batch) {
        return owned(batch, row -> Outcome.consumedBut(rest(row, PROFITS)));
    }

    List<Outcome> codes(List<LegacyRecord> batch) {
        return owned(batch, row -> Outcome.consumedBut(rest(row, CODE)));
    }

    List<Outcome> bonuses(List<LegacyRecord> batch) {
        return owned(batch, MemberLeftovers::bonuses);
    }

    private static Outcome bonuses(LegacyRecord row) {
        for (JsonNode claim : row.value()) {
            if (MemberRecords.bonusId(claim).isBlank()) {
                return Outcome.kept(Oddity.BONUS_UNREADABLE, Texts.line(claim.toString(), 100));
            }
        }
        return Outcome.consumed();
    }

    private List<Outcome> owned(List<LegacyRecord> batch, Function<LegacyRecord, Outcome> settle) {
        return batch.stream()
                .map(row -> index.has(row.owner()) ? settle.apply(row) : Outcome.ofNobody(row))
                .toList();
    }

    private static ObjectNode rest(LegacyRecord row, String... understood) {
        Fields fields = new Fields(row.value());
        fields.skip(understood);
        return fields.rest();
    }

    /** Links: written with the child, unless the child is elsewhere in the line. */
    List<Outcome> links(List<LegacyRecord> batch) {
        return batch.stream().map(this::link).toList();
    }

    private Outcome link(LegacyRecord row) {
        String child = row.place().subject();
        if (child == null || !index.has(child)) {
            return Outcome.kept(Oddity.OWNER_UNKNOWN, "the child " + child + " does not exist");
        }
        UUID parent = index.get(UUID.fromString(child)).parent();
        return parent != null && parent.toString().equals(row.owner())
                ? Outcome.consumedBut(rest(row, LINK))
                : Outcome.kept(Oddity.UNREADABLE_RECORD, child + " is not below " + row.owner());
    }
}
