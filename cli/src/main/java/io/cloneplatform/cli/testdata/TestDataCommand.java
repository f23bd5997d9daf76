package io.cloneplatform.cli.testdata;

import picocli.CommandLine.Command;

/** {@code clonectl testdata}: members that nobody is. */
@Command(
        name = "testdata",
        mixinStandardHelpOptions = true,
        description = "Looks after members who were made for tests.",
        subcommands = ResetCommand.class)
public final class TestDataCommand {}
