package io.cloneplatform.cli.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.auth.token.SigningKey;
import io.cloneplatform.cli.backup.OperatedDatabase;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.db.Jdbc;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.launch.StartException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clonectl keys rotate}: works on the database, as gateways and auth-service look there within seconds. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a new key, which signs access tokens after 15 s, when every gateway knows it. Nobody is signed out: the key",
            "before it is trusted until its last token has expired. Works on the database of DATABASE_URL or DATA_DIR."
        })
public final class RotateCommand implements Callable<Integer> {
    private static final int MAX_REASON = 500;

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--end-others",
            description =
                    "Ends every other key at once: all access tokens end, and clients refresh. For a key that was stolen.")
    private boolean endOthers;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the audit record says it.")
    private String reason;

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    /** The command as operators call it. */
    public RotateCommand() {
        this(System.getenv());
    }

    RotateCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (reason != null && reason.length() > MAX_REASON) {
            throw new ParameterException(spec.commandLine(), "--reason: at most " + MAX_REASON + " characters");
        }
        SigningKey key = SigningKey.generate();
        try (OperatedDatabase database = OperatedDatabase.toRead(environment, progress -> {})) {
            rotate(database.config(), key);
        }
        ObjectNode answer = Json.object().put("kid", key.kid()).put("othersEnded", endOthers);
        Output output = new Output(spec.commandLine(), json, false);
        output.show(answer, () -> {
            output.line("Key " + key.kid() + " made.");
            output.line(
                    endOthers
                            ? "Every other key has ended: clients refresh their tokens."
                            : "It signs in 15 s; the key before it is trusted for two more hours.");
        });
        return 0;
    }

    private void rotate(DatabaseConfig database, SigningKey key) {
        try (Connection connection = Jdbc.open(database, "clonectl keys");
                PreparedStatement rotate =
                        connection.prepareStatement("SELECT signing_key_rotate(?, ?, ?, NULL, ?, ?, 'operator', ?)")) {
            rotate.setString(1, key.kid());
            rotate.setString(2, key.privateKey());
            rotate.setString(3, key.publicKey());
            rotate.setBoolean(4, endOthers);
            rotate.setObject(5, Ids.next());
            rotate.setString(6, reason);
            rotate.execute();
        } catch (SQLException e) {
            throw new StartException("The key was not rotated: " + e.getMessage(), e);
        }
    }
}
