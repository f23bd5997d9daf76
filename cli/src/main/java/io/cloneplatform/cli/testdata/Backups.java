package io.cloneplatform.cli.testdata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cloneplatform.common.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The command {@code backup} of this command line, for commands that need a backup before they go on. */
public final class Backups {
    private final Supplier<CommandLine> clonectl;

    /** Those that a fresh command line makes and lists. */
    public Backups(Supplier<CommandLine> clonectl) {
        this.clonectl = clonectl;
    }

    /**
     * What the command said.
     *
     * @param document its JSON document; missing when it printed none
     */
    public record Answer(int exit, JsonNode document, String err) {
        /** Why it failed, in one line. */
        public String reason() {
            JsonNode problem = parsed(err);
            return problem.path("error").isTextual()
                    ? problem.path("error").textValue()
                    : err.lines().findFirst().orElse("exit code " + exit);
        }
    }

    /** Makes one. */
    public Answer create(String name) {
        return run("create", "--name", name);
    }

    /** Lists all. */
    public Answer list() {
        return run("list");
    }

    /** Verifies one. */
    public Answer verify(String name) {
        return run("verify", name);
    }

    private Answer run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("backup"));
        all.addAll(List.of(arguments));
        all.add("--json");
        int exit = clonectl.get()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        return new Answer(exit, parsed(out.toString()), err.toString());
    }

    private static JsonNode parsed(String text) {
        try {
            JsonNode node = Json.MAPPER.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
