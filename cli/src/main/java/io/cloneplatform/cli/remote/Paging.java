package io.cloneplatform.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Output;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of lists: one page at a time, however long the list is. */
public final class Paging {
    private static final int MAX = 500;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many rows, 1 to 500. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Where to go on: nextCursor of the page before.")
    private String cursor;

    /** The parameters of a page's request. */
    public String query() {
        if (limit < 1 || limit > MAX) {
            throw new ParameterException(spec.commandLine(), "--limit: expected 1 to " + MAX);
        }
        return "limit=" + limit
                + (cursor == null ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
    }

    /** Says how to see the next page, when there is one. */
    public void more(Output output, JsonNode answer) {
        if (answer.path("nextCursor").isTextual()) {
            output.line("There is more: --cursor " + answer.path("nextCursor").textValue());
        }
    }
}
