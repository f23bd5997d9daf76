package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The walk over all records of one kind: each becomes a document of this platform, or is kept as it was. */
final class RecordImport {
    private final Dump dump;
    private final Target target;
    private final Tally tally;
    private final Leftovers leftovers;
    private final Instant now;

    RecordImport(Dump dump, Target target, Tally tally, Findings findings, Instant now) {
        this.dump = dump;
        this.target = target;
        this.tally = tally;
        this.leftovers = new Leftovers(findings);
        this.now = now;
    }

    /**
     * What becomes of a record.
     *
     * @param document its document here; null when there is none
     * @param thing what it counts as
     * @param why it is kept as it was, when it is; null otherwise
     * @param rest the fields that nothing else has; null when there are none
     */
    record Outcome(Document document, String thing, Oddity why, String sentence, ObjectNode rest) {
        static Outcome converted(Document document, String thing) {
            return new Outcome(document, thing, null, null, null);
        }

        static Outcome kept(Oddity why, String sentence) {
            return new Outcome(null, null, why, sentence, null);
        }

        /** It belongs to a member who does not exist. */
        static Outcome ofNobody(LegacyRecord row) {
            return kept(Oddity.OWNER_UNKNOWN, row.owner() == null ? "nobody's" : row.owner());
        }

        /** Its content is elsewhere already, except for these fields. */
        static Outcome consumedBut(ObjectNode rest) {
            return rest.isEmpty() ? consumed() : new Outcome(null, null, null, null, rest);
        }

        /** Its content is elsewhere already, with the member for example. */
        static Outcome consumed() {
            return new Outcome(null, null, null, null, null);
        }
    }

    /** Turns a batch of records into what becomes of them, in their order. */
    interface Conversion {
        List<Outcome> convert(List<LegacyRecord> batch);
    }

    void run(Kind kind, Conversion conversion) {
        dump.each(kind, batch -> {
            List<Outcome> outcomes = conversion.convert(batch);
            List<Document> documents = new ArrayList<>();
            for (int i = 0; i < outcomes.size(); i++) {
                settle(batch.get(i), outcomes.get(i)).ifPresent(documents::add);
            }
            target.write(documents);
        });
    }

    private Optional<Document> settle(LegacyRecord row, Outcome outcome) {
        tally.settle(outcome.why() == null);
        if (outcome.why() != null) {
            tally.count(Tally.KEPT);
            return Optional.of(leftovers.keep(row, outcome.why(), outcome.sentence(), now));
        }
        if (outcome.rest() != null) {
            tally.count(Tally.KEPT);
            return Optional.of(leftovers.rest(row.key(), outcome.rest(), now));
        }
        if (outcome.document() != null) {
            tally.count(outcome.thing());
        }
        return Optional.ofNullable(outcome.document());
    }
}
