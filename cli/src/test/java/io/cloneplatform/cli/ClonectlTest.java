package io.cloneplatform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class ClonectlTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine clonectl =
            Clonectl.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void helpListsEveryCommand() {
        assertThat(clonectl.execute("--help")).isZero();
        assertThat(out.toString()).contains("up ", "migrate ", "smoke ", "import ", "version ");
    }

    @Test
    void everyCommandHelpsAndSaysWhatItDoes() {
        for (Map.Entry<String, CommandLine> command : clonectl.getSubcommands().entrySet()) {
            out.getBuffer().setLength(0);
            assertThat(clonectl.execute(command.getKey(), "--help")).isZero();
            assertThat(out.toString()).contains("Usage: clonectl " + command.getKey());
            assertThat(command.getValue().getCommandSpec().usageMessage().description())
                    .isNotEmpty();
        }
    }

    @Test
    void noLineOfAHelpIsBrokenTwice() {
        CommandLine smoke = clonectl.getSubcommands().get("smoke");
        for (String line : smoke.getCommandSpec().usageMessage().footer()) {
            assertThat(smoke.getUsageMessage()).contains(line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version"})
    void versionNamesPlatformSchemaAndJava(String word) {
        assertThat(clonectl.execute(word)).isZero();
        assertThat(out.toString())
                .contains("Clone Platform ", "Schema ", Runtime.version().toString());
    }

    @Test
    void anUnknownCommandIsAWrongCall() {
        assertThat(clonectl.execute("frobnicate")).isEqualTo(2);
        assertThat(err.toString()).contains("frobnicate");
    }

    @Test
    void noCommandIsAWrongCallThatShowsTheCommands() {
        assertThat(clonectl.execute()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: clonectl", "up ");
    }

    @Test
    void anUnknownOptionIsAWrongCall() {
        assertThat(clonectl.execute("up", "--sideways")).isEqualTo(2);
        assertThat(err.toString()).contains("--sideways");
    }
}
