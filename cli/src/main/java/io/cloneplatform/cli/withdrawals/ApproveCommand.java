package io.cloneplatform.cli.withdrawals;

import io.cloneplatform.cli.remote.Change;
import io.cloneplatform.cli.remote.Connection;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code clonectl withdrawals approve}. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Approves a pending withdrawal: the held amount is booked as paid out.")
public final class ApproveCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Mixin
    private Change change;

    @Parameters(paramLabel = "WITHDRAWAL", description = "Its id, as withdrawals pending shows it.")
    private String withdrawal;

    @Override
    public Integer call() {
        return new Decision(connection, change, "/admin/approve-withdrawal", "approved")
                .make(withdrawal, Map.of("withdrawalId", withdrawal), "paid out");
    }
}
