package io.cloneplatform.cli.version;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code clonectl version}. */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        description = "Prints the versions of the platform, of its database schema, and of Java.")
public final class VersionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        List.of(new Versions().getVersion()).forEach(spec.commandLine().getOut()::println);
    }
}
