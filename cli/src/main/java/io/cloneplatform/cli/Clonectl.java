package io.cloneplatform.cli;

import io.cloneplatform.cli.admin.AdminCommand;
import io.cloneplatform.cli.adminkey.AdminKeyCommand;
import io.cloneplatform.cli.audit.AuditCommand;
import io.cloneplatform.cli.backup.BackupCommand;
import io.cloneplatform.cli.backup.ScheduleCommand;
import io.cloneplatform.cli.doctor.DoctorCommand;
import io.cloneplatform.cli.imports.ImportCommand;
import io.cloneplatform.cli.keys.KeysCommand;
import io.cloneplatform.cli.ledger.LedgerCommand;
import io.cloneplatform.cli.migrate.MigrateCommand;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.cli.output.Plain;
import io.cloneplatform.cli.preflight.PreflightCommand;
import io.cloneplatform.cli.premium.PremiumCommand;
import io.cloneplatform.cli.remote.Exit;
import io.cloneplatform.cli.remote.Failure;
import io.cloneplatform.cli.smoke.SmokeCommand;
import io.cloneplatform.cli.testdata.TestDataCommand;
import io.cloneplatform.cli.transactions.TransactionsCommand;
import io.cloneplatform.cli.up.UpCommand;
import io.cloneplatform.cli.user.UserCommand;
import io.cloneplatform.cli.version.VersionCommand;
import io.cloneplatform.cli.version.Versions;
import io.cloneplatform.cli.withdrawals.WithdrawalsCommand;
import io.cloneplatform.common.config.ConfigException;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.launch.Logging;
import io.cloneplatform.common.launch.StartException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The operators' command line: every command is listed here. {@link Exit} says what the exit codes mean.
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
            UserCommand.class,
            WithdrawalsCommand.class,
            PremiumCommand.class,
            TransactionsCommand.class,
            AdminCommand.class,
            AdminKeyCommand.class,
            KeysCommand.class,
            AuditCommand.class,
            TestDataCommand.class,
            PreflightCommand.class,
            DoctorCommand.class,
            ImportCommand.class,
            VersionCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        })
public final class Clonectl {
    // As wide as the longest line of a description, so that none is broken twice.
    private static final int HELP_WIDTH = 120;

    private Clonectl() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        // Whatever the locale is: terminals and programs read UTF-8.
        System.exit(commandLine()
                .setOut(utf8(FileDescriptor.out))
                .setErr(utf8(FileDescriptor.err))
                .execute(args));
    }

    private static PrintWriter utf8(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
    }

    /** The whole command line, ready to execute. */
    public static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new Clonectl());
        commands.getSubcommands().values().forEach(command -> command.getCommandSpec()
                .versionProvider(new Versions()));
        describeExitCodes(commands);
        return commands.setUsageHelpWidth(HELP_WIDTH)
                .setExecutionStrategy(Clonectl::execute)
                .setParameterExceptionHandler(Clonectl::correct)
                .setExecutionExceptionHandler(Clonectl::explain);
    }

    private static void describeExitCodes(CommandLine command) {
        command.getSubcommands().values().forEach(Clonectl::describeExitCodes);
        boolean remote = command.getCommandSpec().findOption("--url") != null;
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(Exit.meanings(remote));
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
        PrintWriter err = command.getErr();
        if (failure instanceof Failure refused) {
            err.println(
                    command.getParseResult().hasMatchedOption("--json")
                            ? Output.pretty(refused.problem())
                            : Plain.text(refused.getMessage()));
            return refused.exit();
        }
        if (failure instanceof ConfigException || failure instanceof StartException) {
            err.println(failure.getMessage());
        } else {
            failure.printStackTrace(err);
        }
        return Exit.FAILED;
    }

    private static int correct(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        if (List.of(args).contains("--json")) {
            err.println(
                    Output.pretty(Json.object().put("error", wrong.getMessage()).put("code", "CALLED_WRONGLY")));
        } else {
            err.println(wrong.getMessage());
            UnmatchedArgumentException.printSuggestions(wrong, err);
            command.usage(err);
        }
        return Exit.USAGE;
    }
}
