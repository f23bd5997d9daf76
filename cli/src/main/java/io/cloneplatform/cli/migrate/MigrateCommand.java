package io.cloneplatform.cli.migrate;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.db.SchemaState;
import io.cloneplatform.common.launch.StartException;
import io.cloneplatform.standalone.start.SchemaCheck;
import java.io.PrintWriter;
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
        PrintWriter out = spec.commandLine().getOut();
        if (dryRun && schema.isBehind(Schema.VERSION)) {
            out.println("Would bring the schema from version " + schema.version() + " to " + Schema.VERSION
                    + ". Nothing was changed.");
            return 0;
        }
        // After a rollback: whoever starts the release before lets it migrate too.
        out.println(
                schema.isAhead(Schema.VERSION)
                        ? "Nothing to do: the schema is at version " + schema.version() + " of a later release, which"
                                + " runs this one too."
                        : done(migrate(database)));
        return 0;
    }

    private static String done(int count) {
        return count == 0
                ? "Nothing to do: the schema is at version " + Schema.VERSION + "."
                : "Ran " + count + (count == 1 ? " migration" : " migrations") + ": the schema is at version "
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
