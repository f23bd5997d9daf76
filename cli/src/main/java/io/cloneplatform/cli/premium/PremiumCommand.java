package io.cloneplatform.cli.premium;

import picocli.CommandLine.Command;

/** {@code clonectl premium}: premium assignments. */
@Command(
        name = "premium",
        mixinStandardHelpOptions = true,
        description = "Lists, offers and revokes premium assignments.",
        subcommands = {ListCommand.class, AssignCommand.class, RevokeCommand.class, RefreshCacheCommand.class})
public final class PremiumCommand {}
