package io.cloneplatform.cli.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.db.SchemaState;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.launch.StartException;
import io.cloneplatform.standalone.start.SchemaCheck;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clonectl migrate}: brings the schema of a PostgreSQL server to the version that this build needs. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = {
            "Brings the schema of the database of DATABASE_URL to the version that this build needs.",
            "The embedded database needs no migrate: up does it by itself."
        })
public final class MigrateCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Option(names = "--dry-run", description = "Says what would be done, and changes nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    /** The command as operators call it. */
    public MigrateCommand() {
        this(System.getenv());
    }

    MigrateCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        DatabaseConfig database = PlatformConfig.read(environment).database();
        SchemaState schema = SchemaCheck.state(database);
        schema.refusal(Schema.VERSION).ifPresent(sentence -> {
            throw new StartException(sentence);
        });
        // After a rollback: whoever starts the release before lets it migrate too.
        int ran = dryRun || schema.isAhead(Schema.VERSION) ? 0 : migrate(database);
        Output output = new Output(spec.commandLine(), json, false);
        output.show(document(schema, ran), () -> output.line(sentence(schema, ran)));
        return 0;
    }

    private JsonNode document(SchemaState before, int ran) {
        return Json.object()
                .put("schemaBefore", before.version())
                .put("schema", dryRun ? before.version() : Math.max(before.version(), Schema.VERSION))
                .put("needed", Schema.VERSION)
                .put("migrations", ran)
                .put("dryRun", dryRun);
    }

    private String sentence(SchemaState before, int ran) {
        if (dryRun && before.isBehind(Schema.VERSION)) {
            return "Would bring the schema from version " + before.version() + " to " + Schema.VERSION
                    + ". Nothing was changed.";
        }
        if (before.isAhead(Schema.VERSION)) {
            return "Nothing to do: the schema is at version " + before.version()
                    + " of a later release, which runs this one too.";
        }
        return ran == 0
                ? "Nothing to do: the schema is at version " + Schema.VERSION + "."
                : "Ran " + ran + (ran == 1 ? " migration" : " migrations") + ": the schema is at version "
                        + Schema.VERSION + ".";
    }

    private static int migrate(DatabaseConfig database) {
        try {
            return Schema.migrate(database);
        } catch (RuntimeException e) {
            throw new StartException(
                    "The migration failed; the steps before it are kept, and it can be run again: "
                            + e.getMessage().strip(),
                    e);
        }
    }
}
