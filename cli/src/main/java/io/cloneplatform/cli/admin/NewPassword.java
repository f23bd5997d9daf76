package io.cloneplatform.cli.admin;

import io.cloneplatform.cli.output.Terminal;
import io.cloneplatform.cli.remote.Failure;
import io.cloneplatform.cli.remote.SmallFile;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a new password comes from; never from an argument, which every process of the machine can read. */
final class NewPassword {
    private static final int RANDOM_BYTES = 18;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--generate", description = "Makes up a password and prints it once.")
    private boolean generate;

    @Option(names = "--password-file", paramLabel = "FILE", description = "A file whose first line is the password.")
    private Path file;

    @Option(names = "--password-stdin", description = "Reads the password from the first line of standard input.")
    private boolean stdin;

    /**
     * A password, and whether nobody has seen it yet.
     *
     * @param password in plain text
     */
    record Chosen(String password, boolean isGenerated) {
        @Override
        public String toString() {
            return "***";
        }
    }

    Chosen choose() {
        if ((generate ? 1 : 0) + (file != null ? 1 : 0) + (stdin ? 1 : 0) > 1) {
            throw usage("Give one of --generate, --password-file and --password-stdin.");
        }
        if (generate) {
            return new Chosen(random(), true);
        }
        String password = file != null ? fromFile() : stdin ? fromInput() : asked();
        if (password.length() < 8 || password.length() > 128) {
            throw usage("A password has 8 to 128 characters.");
        }
        return new Chosen(password, false);
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String fromFile() {
        try {
            return SmallFile.read(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw usage("--password-file: cannot read " + file);
        }
    }

    private static String fromInput() {
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw Failure.of("NO_INPUT", "Standard input cannot be read: " + e.getMessage());
        }
    }

    private String asked() {
        Console console = Terminal.get()
                .orElseThrow(() -> usage("There is no terminal to ask for the password on: give --password-file,"
                        + " --password-stdin or --generate."));
        char[] first = console.readPassword("Password: ");
        char[] second = console.readPassword("Once more: ");
        if (first == null || !Arrays.equals(first, second)) {
            throw usage("The two passwords differ.");
        }
        return new String(first);
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
