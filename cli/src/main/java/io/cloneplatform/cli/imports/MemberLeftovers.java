package io.cloneplatform.cli.imports;

import io.cloneplatform.cli.imports.RecordImport.Outcome;
import java.util.List;
import java.util.UUID;

/** What is left of the records that were read with their members: those whose member is not there. */
final class MemberLeftovers {
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

    /** Earnings, claimed bonuses and codes. */
    List<Outcome> owned(List<LegacyRecord> batch) {
        return batch.stream()
                .map(row -> index.has(row.owner()) ? Outcome.consumed() : Outcome.ofNobody(row))
                .toList();
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
                ? Outcome.consumed()
                : Outcome.kept(Oddity.UNREADABLE_RECORD, child + " is not below " + row.owner());
    }
}
