package io.cloneplatform.cli;

import io.cloneplatform.cli.backup.BackupCommand;
import io.cloneplatform.cli.backup.ScheduleCommand;
import io.cloneplatform.cli.imports.ImportCommand;
import io.cloneplatform.cli.ledger.LedgerCommand;
import io.cloneplatform.cli.migrate.MigrateCommand;
import io.cloneplatform.cli.smoke.SmokeCommand;
import io.cloneplatform.cli.up.UpCommand;
import io.cloneplatform.cli.version.VersionCommand;
import io.cloneplatform.cli.version.Versions;
import io.cloneplatform.common.config.ConfigException;
import io.cloneplatform.common.launch.Logging;
import io.cloneplatform.common.launch.StartException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * The operators' command line: every command is listed here. Exit codes: 0 done, 1 failed, 2 called in a wrong way.
 */
@Command(
        name = "clonectl",
        description = "Runs and operates the Clone Platform.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        subcommands = {
            UpCommand.class,
            MigrateCommand.class,
            SmokeCommand.class,
            LedgerCommand.class,
            BackupCommand.class,
            ImportCommand.class,
            VersionCommand.class,
            HelpCommand.class
        })
public final class Clonectl {
    // As wide as the longest line of a description, so that none is broken twice.
    private static final int HELP_WIDTH = 120;

    private Clonectl() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The whole command line, ready to execute. */
    public static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new Clonectl());
        commands.getSubcommands().values().forEach(command -> command.getCommandSpec()
                .versionProvider(new Versions()));
        return commands.setUsageHelpWidth(HELP_WIDTH)
                .setExecutionStrategy(Clonectl::execute)
                .setExecutionExceptionHandler(Clonectl::explain);
    }

    private static int execute(ParseResult parsed) {
        if (!serves(parsed)) {
            Logging.configure("quiet");
        }
        return new RunLast().execute(parsed);
    }

    private static boolean serves(ParseResult parsed) {
        List<CommandLine> called = parsed.asCommandLineList();
        Object last = called.get(called.size() - 1).getCommand();
        return last instanceof UpCommand || last instanceof ScheduleCommand;
    }

    private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof ConfigException || failure instanceof StartException) {
            command.getErr().println(failure.getMessage());
        } else {
            failure.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
