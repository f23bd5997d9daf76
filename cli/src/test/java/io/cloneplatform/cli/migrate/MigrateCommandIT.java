package io.cloneplatform.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.LaterRelease;
import io.cloneplatform.common.testing.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class MigrateCommandIT {
    private final StringWriter printed = new StringWriter();

    @Test
    void bringsAnEmptyDatabaseToTheVersionOfThisBuildOnce() {
        Map<String, String> environment = Map.of("DATABASE_URL", TestDatabase.createEmpty());
        assertThat(migrate(environment, "--dry-run")).isZero();
        assertThat(migrate(environment, "--dry-run")).as("a second time").isZero();
        assertThat(printed.toString())
                .contains("Would bring the schema from version 0 to " + Schema.VERSION + ". Nothing was changed.")
                .doesNotContain("Ran ", "Nothing to do");
        assertThat(migrate(environment)).isZero();
        assertThat(printed.toString())
                .contains("Ran " + Schema.VERSION + " migrations: the schema is at version " + Schema.VERSION + ".");
        assertThat(migrate(environment)).isZero();
        assertThat(printed.toString()).contains("Nothing to do");
    }

    @Test
    void tellsAProgramWhatItDid() {
        Map<String, String> environment = Map.of("DATABASE_URL", TestDatabase.createEmpty());
        assertThat(json(environment, "--json", "--dry-run").get("schema").intValue())
                .isZero();
        JsonNode done = json(environment, "--json");
        assertThat(done.get("schemaBefore").intValue()).isZero();
        assertThat(done.get("migrations").intValue()).isEqualTo(Schema.VERSION);
        assertThat(done.get("schema").intValue()).isEqualTo(Schema.VERSION);
        assertThat(json(environment, "--json").get("migrations").intValue()).isZero();
    }

    private JsonNode json(Map<String, String> environment, String... arguments) {
        printed.getBuffer().setLength(0);
        assertThat(migrate(environment, arguments)).isZero();
        return Json.read(printed.toString(), JsonNode.class);
    }

    @Test
    void leavesTheSchemaOfALaterReleaseAlone() {
        String database = TestDatabase.create();
        LaterRelease.migrate(database, "keep_notes_from_" + Schema.VERSION);
        assertThat(migrate(Map.of("DATABASE_URL", database))).isZero();
        assertThat(printed.toString())
                .contains("Nothing to do: the schema is at version " + (Schema.VERSION + 1) + " of a later release");
    }

    @Test
    void refusesTheSchemaOfALaterReleaseThatTookSomethingAway() {
        String database = TestDatabase.create();
        LaterRelease.migrate(database, "drop_names_from_" + (Schema.VERSION + 1));
        assertThat(migrate(Map.of("DATABASE_URL", database))).isEqualTo(1);
        assertThat(printed.toString()).contains("start a newer release");
    }

    @Test
    void failsWithoutAServer() {
        assertThat(migrate(Map.of())).isEqualTo(1);
        assertThat(printed.toString()).contains("DATABASE_URL");
    }

    @Test
    void saysWhichServerDoesNotAnswer() {
        assertThat(migrate(Map.of("DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/clone")))
                .isEqualTo(1);
        assertThat(printed.toString()).contains("127.0.0.1:1/clone", "refused").doesNotContain("secret");
    }

    private int migrate(Map<String, String> environment, String... options) {
        CommandLine command = new CommandLine(new MigrateCommand(environment));
        command.setOut(new PrintWriter(printed, true));
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            printed.write(failure.getMessage());
            return 1;
        });
        return command.execute(options);
    }
}
