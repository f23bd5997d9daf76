package io.cloneplatform.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.cli.backup.OperatedDatabase;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.db.Jdbc;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.launch.StartException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clonectl keys list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the keys of access tokens that may still be valid, the newest first; never a private key.")
public final class ListCommand implements Callable<Integer> {
    private static final String FIND =
            """
            SELECT kid, iso_instant(created_at), iso_instant(retired_at + interval '2 hours') FROM signing_key
            WHERE retired_at IS NULL OR retired_at > now() - interval '2 hours' ORDER BY created_at DESC, kid DESC
            """;

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    /** The command as operators call it. */
    public ListCommand() {
        this(System.getenv());
    }

    ListCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        ObjectNode answer = Json.object();
        ArrayNode keys = answer.putArray("keys");
        try (OperatedDatabase database = OperatedDatabase.toRead(environment, progress -> {})) {
            read(database.config(), keys);
        }
        Output output = new Output(spec.commandLine(), json, false);
        output.show(answer, () -> keys.forEach(key -> output.line(line(key))));
        return 0;
    }

    private static String line(JsonNode key) {
        String until = key.path("trustedUntil").textValue();
        return key.get("kid").textValue() + "  made " + key.get("createdAt").textValue()
                + (until == null ? "" : "  trusted until " + until);
    }

    private static void read(DatabaseConfig database, ArrayNode keys) {
        try (Connection connection = Jdbc.open(database, "clonectl keys");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(FIND)) {
            while (rows.next()) {
                keys.addObject()
                        .put("kid", rows.getString(1))
                        .put("createdAt", rows.getString(2))
                        .put("trustedUntil", rows.getString(3));
            }
        } catch (SQLException e) {
            throw new StartException("The keys cannot be read: " + e.getMessage(), e);
        }
    }
}
