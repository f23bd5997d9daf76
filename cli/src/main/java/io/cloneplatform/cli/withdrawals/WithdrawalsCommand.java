package io.cloneplatform.cli.withdrawals;

import picocli.CommandLine.Command;

/** {@code clonectl withdrawals}: the review queue. */
@Command(
        name = "withdrawals",
        mixinStandardHelpOptions = true,
        description = "Lists pending withdrawals, approves and denies them.",
        subcommands = {PendingCommand.class, ApproveCommand.class, DenyCommand.class})
public final class WithdrawalsCommand {}
