package io.cloneplatform.cli.imports;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clonectl import}: what can be carried over from elsewhere. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Carries data over from the predecessor.",
        subcommands = {KvImportCommand.class, CommandLine.HelpCommand.class})
public final class ImportCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to import: clonectl import kv --file dump.jsonl");
    }
}
