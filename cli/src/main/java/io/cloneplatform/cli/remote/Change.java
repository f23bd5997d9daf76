package io.cloneplatform.cli.remote;

import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that changes something. */
public final class Change {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--dry-run", description = "Shows what would change, and changes nothing.")
    private boolean dryRun;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "The key that an earlier try printed, to send the same change again safely.")
    private String key;

    /** Whether nothing may be changed. */
    public boolean isDryRun() {
        return dryRun;
    }

    /** The key of this change. */
    public String key() {
        if (key == null) {
            key = "clonectl-" + UUID.randomUUID();
        }
        if (!key.matches("[\\x21-\\x7E]{1,200}")) {
            throw new ParameterException(
                    spec.commandLine(), "--idempotency-key: expected up to 200 visible ASCII characters");
        }
        return key;
    }

    /** The key of one of several changes that one call makes, the same each time. */
    public String key(String part) {
        return key() + "-" + part;
    }
}
