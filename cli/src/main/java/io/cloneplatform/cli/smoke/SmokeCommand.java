package io.cloneplatform.cli.smoke;

import io.cloneplatform.cli.remote.Deployment;
import java.time.Duration;
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
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
    private static final Duration SUITE_LIMIT = Duration.ofMinutes(2);

    @Spec
    private CommandSpec spec;

    @Mixin
    private Deployment deployment;

    @Override
    public Integer call() {
        Api api = new Api(deployment.url(), deployment.key(), REQUEST_LIMIT);
        var console = spec.commandLine();
        return new SmokeSuite(api, console.getOut(), console.getErr(), SUITE_LIMIT).run() ? 0 : 1;
    }
}
