package io.cloneplatform.cli.withdrawals;

import io.cloneplatform.cli.remote.Change;
import io.cloneplatform.cli.remote.Connection;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clonectl withdrawals deny}. */
@Command(
        name = "deny",
        mixinStandardHelpOptions = true,
        description = "Denies a pending withdrawal: the held amount is available to the member again.")
public final class DenyCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Mixin
    private Change change;

    @Parameters(paramLabel = "WITHDRAWAL", description = "Its id, as withdrawals pending shows it.")
    private String withdrawal;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "What the member is told.")
    private String reason;

    @Override
    public Integer call() {
        return new Decision(connection, change, "/admin/deny-withdrawal", "denied: " + reason)
                .make(withdrawal, Map.of("withdrawalId", withdrawal, "reason", reason), "available");
    }
}
