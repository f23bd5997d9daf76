package io.cloneplatform.cli.ledger;

import picocli.CommandLine.Command;

/** {@code clonectl ledger}: the books. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = "Looks after the books.",
        subcommands = VerifyCommand.class)
public final class LedgerCommand {}
