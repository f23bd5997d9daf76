package io.cloneplatform.cli.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.cli.output.Table;
import io.cloneplatform.common.json.Json;

/** What a command would change, from the state that it read. */
public final class Plan {
    private final ObjectNode document;
    private final Table table = new Table("Field", "Now", "Then");

    private Plan(ObjectNode document) {
        this.document = document;
    }

    /**
     * A plan of one request.
     *
     * @param request method and path
     * @param subject the id of what it is about
     */
    public static Plan of(String request, String subject) {
        return new Plan(
                Json.object().put("dryRun", true).put("request", request).put("subject", subject));
    }

    /** A field that would change. */
    public Plan field(String name, String now, String then) {
        document.withArray("changes")
                .add(Json.object().put("field", name).put("now", now).put("then", then));
        table.row(name, now, then);
        return this;
    }

    /** A field that would stay, and that one might fear for. */
    public Plan same(String name, String now) {
        return field(name, now, now);
    }

    /** A sentence about it. */
    public Plan note(String sentence) {
        document.withArray("notes").add(sentence);
        return this;
    }

    /** Shows it, and says that nothing was changed. */
    public void show(Output output) {
        output.show(document, () -> {
            output.table(table, "Nothing would change.");
            document.path("notes").forEach(note -> output.line(note.asText()));
            output.line("Nothing was changed: this was a dry run.");
        });
    }
}
