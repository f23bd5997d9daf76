package io.cloneplatform.cli.user;

import picocli.CommandLine.Command;

/** {@code clonectl user}: one member. */
@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        description = "Shows a member, and holds or releases the account.",
        subcommands = {ShowCommand.class, BalanceCommand.class, FreezeCommand.class, UnfreezeCommand.class})
public final class UserCommand {}
