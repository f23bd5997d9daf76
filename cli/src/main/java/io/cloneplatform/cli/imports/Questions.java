package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Questions with answers. Those that came with the predecessor's server describe its rules, not this platform's, which
 * comes with its own: they are kept under {@code legacy:}, and what operators had added goes on.
 */
final class Questions {
    private static final Pattern BUILT_IN = Pattern.compile("faq_[1-8]");

    private final Dump dump;
    private final Target target;
    private final Tally tally;
    private final Findings findings;
    private final Instant now;

    Questions(Dump dump, Target target, Tally tally, Findings findings, Instant now) {
        this.dump = dump;
        this.target = target;
        this.tally = tally;
        this.findings = findings;
        this.now = now;
    }

    void run() {
        dump.each(Kind.FAQ, batch -> {
            List<Document> documents = new ArrayList<>();
            for (LegacyRecord row : batch) {
                tally.settle(row.value().isArray() || isAnswered(row.value()));
                if (row.value().isArray()) {
                    row.value()
                            .forEach(entry -> documents.add(
                                    question(row.key() + ":" + entry.path("id").asText("" + documents.size()), entry)));
                } else {
                    documents.add(question(row.key(), row.value()));
                }
            }
            target.write(documents);
        });
    }

    private Document question(String key, JsonNode entry) {
        String id = entry.path("id").asText(key.substring(key.lastIndexOf(':') + 1));
        Fields fields = new Fields(entry);
        Optional<String> question = fields.text("question");
        if (BUILT_IN.matcher(id).matches() || !isAnswered(entry)) {
            Oddity why = BUILT_IN.matcher(id).matches() ? Oddity.FAQ_KNOWN : Oddity.UNREADABLE_RECORD;
            findings.add(why, key, Texts.line(question.orElse("no question"), 100));
            tally.count(Tally.KEPT);
            return new Leftovers(findings).keep(key, entry, now);
        }
        var document = Json.object()
                .put("id", LegacyIds.named(key).toString())
                .put("category", fields.line(50, "category").orElse("General"))
                .put("question", Texts.line(question.orElseThrow(), 300))
                .put("answer", fields.text("answer").orElseThrow())
                .put("views", fields.count("views").orElse(0))
                .put("order", fields.count("order").orElse(LAST))
                .put("legacyId", id);
        fields.skip("id");
        fields.putRest(document);
        tally.count("questions with answers");
        return new Document(Keys.faq(document.get("id").textValue()), document, now);
    }

    private static boolean isAnswered(JsonNode entry) {
        Fields fields = new Fields(entry);
        int length = fields.text("answer").orElse("").length();
        return fields.text("question").isPresent() && length > 0 && length <= LONGEST_ANSWER;
    }

    // What can be written here; the search takes no more than a megabyte.
    private static final int LONGEST_ANSWER = 5_000;

    // After the questions this platform comes with.
    private static final int LAST = 100;
}
