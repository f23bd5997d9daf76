package io.cloneplatform.standalone.postgres;

import io.cloneplatform.common.launch.StartException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the unpacked programs of PostgreSQL and waits for each. */
final class PostgresPrograms {
    private final Path home;
    private final RunAs runAs;

    PostgresPrograms(Path home, RunAs runAs) {
        this.home = home;
        this.runAs = runAs;
    }

    /** How a program ended and what it said. */
    record Outcome(int exit, String output) {
        boolean ok() {
            return exit == 0;
        }

        /** The lines that tell why it failed; everything where no line stands out. */
        String reason() {
            List<String> telling = output.lines()
                    .filter(line -> line.matches(".*\\b(FATAL|PANIC|ERROR|error|HINT):.*"))
                    .map(line -> line.replaceFirst("^.*\\b(FATAL|PANIC|ERROR|error|HINT): *", ""))
                    .toList();
            return telling.isEmpty() ? output : String.join("; ", telling);
        }
    }

    /** Runs a program with nothing on its input. */
    Outcome run(String program, String... arguments) {
        return runWith("", program, arguments);
    }

    /** Runs a program with a text on its input, where nobody else on the machine can read it. */
    Outcome runWith(String input, String program, String... arguments) {
        List<String> command = new ArrayList<>(runAs.prefix());
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return execute(command, input);
    }

    /** Gives the files under a directory to the user that the programs run as, where the platform runs as root. */
    void own(Path directory) {
        if (runAs.owner() != null) {
            Outcome outcome = execute(List.of("chown", "-R", runAs.owner(), directory.toString()), "");
            if (!outcome.ok()) {
                throw new StartException("The database's files cannot be given to their owner: " + outcome.output());
            }
        }
    }

    private static Outcome execute(List<String> command, String input) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output.strip());
        } catch (IOException e) {
            return new Outcome(-1, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(-1, "interrupted");
        }
    }
}
