package io.cloneplatform.cli.adminkey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.auth.Secrets;
import io.cloneplatform.cli.backup.OperatedDatabase;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.db.Jdbc;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.launch.StartException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clonectl admin-key rotate}: works on the database, so that it also helps who lost the key. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a new admin key and prints it once; only its hash is kept. The old key ends within two seconds, or after",
            "--overlap. Works on the database of DATABASE_URL or DATA_DIR, while the platform runs or not."
        })
public final class RotateCommand implements Callable<Integer> {
    private static final int MAX_OVERLAP_SECONDS = 86_400;
    private static final int MAX_REASON = 500;

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--overlap",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "How long the old key is taken too, 0 to 86400. Default: ${DEFAULT-VALUE}.")
    private int overlap;

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
        check();
        String key = Secrets.random();
        String until = rotate(Secrets.sha256(key));
        ObjectNode answer = Json.object().put("adminKey", key).put("previousWorksUntil", until);
        Output output = new Output(spec.commandLine(), json, false);
        output.show(answer, () -> {
            output.line("Admin key (shown once, keep it safe): " + key);
            output.line(
                    until == null
                            ? "The old key ends within two seconds."
                            : "The old key is taken until " + until + ".");
        });
        return 0;
    }

    private void check() {
        if (overlap < 0 || overlap > MAX_OVERLAP_SECONDS) {
            throw new ParameterException(spec.commandLine(), "--overlap: expected 0 to " + MAX_OVERLAP_SECONDS);
        }
        if (reason != null && reason.length() > MAX_REASON) {
            throw new ParameterException(spec.commandLine(), "--reason: at most " + MAX_REASON + " characters");
        }
    }

    private String rotate(String sha256) {
        try (OperatedDatabase database = OperatedDatabase.toRead(environment, progress -> {})) {
            return rotate(database.config(), sha256);
        }
    }

    private String rotate(DatabaseConfig database, String sha256) {
        try (Connection connection = Jdbc.open(database, "clonectl admin-key");
                PreparedStatement rotate = connection.prepareStatement("SELECT admin_key_rotate(?, ?, ?, ?)")) {
            rotate.setString(1, sha256);
            rotate.setInt(2, overlap);
            rotate.setObject(3, Ids.next());
            rotate.setString(4, reason);
            try (ResultSet row = rotate.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException e) {
            throw new StartException("The admin key was not rotated: " + e.getMessage(), e);
        }
    }
}
