package io.cloneplatform.cli.keys;

import picocli.CommandLine.Command;

/** {@code clonectl keys}: the keys that sign access tokens. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Looks after the keys that sign access tokens.",
        subcommands = {ListCommand.class, RotateCommand.class})
public final class KeysCommand {}
