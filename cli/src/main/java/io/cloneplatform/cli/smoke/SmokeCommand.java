package io.cloneplatform.cli.smoke;

import io.cloneplatform.cli.remote.Deployment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code clonectl smoke}: proves by 27 checks that a deployment works. Exit code 0 when all pass, 1 otherwise. */
@Command(
        name = "smoke",
        mixinStandardHelpOptions = true,
        description = "Runs 27 checks against a deployment and removes what they made.",
        footer = {
            "",
            "The checks sign up members under example.com, submit products, open a ticket and offer a premium",
            "assignment; afterwards the ticket is closed, the chat is read, balances are booked back to zero and the",
            "members are removed. Shares that no ancestor received stay with the platform in the ledger, as every",
            "entry does."
        })
public final class SmokeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Deployment deployment;

    @Override
    public Integer call() {
        var console = spec.commandLine();
        return Smoke.suite(deployment.url(), deployment.key(), console.getOut(), console.getErr())
                        .run()
                ? 0
                : 1;
    }
}
