package io.cloneplatform.cli.transactions;

import picocli.CommandLine.Command;

/** {@code clonectl transactions}: what was booked. */
@Command(
        name = "transactions",
        mixinStandardHelpOptions = true,
        description = "Shows what was booked.",
        subcommands = RecentCommand.class)
public final class TransactionsCommand {}
