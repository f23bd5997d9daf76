package io.cloneplatform.cli.adminkey;

import picocli.CommandLine.Command;

/** {@code clonectl admin-key}: the installation's admin key. */
@Command(
        name = "admin-key",
        mixinStandardHelpOptions = true,
        description = "Looks after the admin key.",
        subcommands = RotateCommand.class)
public final class AdminKeyCommand {}
