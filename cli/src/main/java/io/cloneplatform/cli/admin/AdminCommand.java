package io.cloneplatform.cli.admin;

import picocli.CommandLine.Command;

/** {@code clonectl admin}: admin accounts. */
@Command(
        name = "admin",
        mixinStandardHelpOptions = true,
        description = "Looks after admin accounts.",
        subcommands = CreateCommand.class)
public final class AdminCommand {}
