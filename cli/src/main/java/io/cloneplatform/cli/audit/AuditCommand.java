package io.cloneplatform.cli.audit;

import picocli.CommandLine.Command;

/** {@code clonectl audit}: who did what. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Shows who did what to whom.",
        subcommands = {ListCommand.class, ExportCommand.class})
public final class AuditCommand {}
