package io.cloneplatform.benchmarks;

import io.cloneplatform.benchmarks.stage.Closer;
import io.cloneplatform.benchmarks.stage.Tools;
import io.cloneplatform.cli.version.Versions;
import io.cloneplatform.common.launch.Logging;
import io.cloneplatform.common.launch.StartException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the platform against the database alone. Exit codes: 0 measured, 1 failed, 2 cannot be measured like this. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        sortOptions = false,
        description = "Measures the platform against what pgbench reaches on the same database in the same run.",
        subcommands = GrowthCommand.class,
        footer = {"", "benchmarks/README.md says what is measured and how to read it."})
public final class BenchmarksMain implements Callable<Integer> {
    // The embedded database takes a hundred, and the platform needs some.
    private static final int MAX_CONNECTIONS = 80;
    private static final int MIN_MEMBERS = 1_000;

    @Option(names = "--members", defaultValue = "100000", description = "Members to seed (${DEFAULT-VALUE}).")
    private long members;

    @Option(
            names = "--submitters",
            defaultValue = "10000",
            description = "Members that the load is sent for, at most (${DEFAULT-VALUE}).")
    private int submitters;

    @Option(names = "--rounds", defaultValue = "5", description = "Rounds that count (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "8", description = "Length of a measurement (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--connections",
            defaultValue = "64",
            description = "Connections of each load generator, 2 to 80 (${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SCENARIO",
            description = "What to measure: ${COMPLETION-CANDIDATES} (all of them).")
    private Set<ScenarioName> only = EnumSet.allOf(ScenarioName.class);

    @Option(names = "--out", description = "Where the results go (benchmarks/target/results).")
    private Path out;

    @Spec
    private CommandSpec spec;

    /** Measures once and ends the process with the exit code. */
    public static void main(String[] args) {
        Logging.configure("quiet");
        System.exit(new CommandLine(new BenchmarksMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        check();
        Path repository = repository();
        Path results = out == null ? repository.resolve("benchmarks/target/results") : out.toAbsolutePath();
        Settings settings = new Settings(members, submitters, rounds, seconds, connections, only, results);
        try (Closer closer = Closer.untilExit()) {
            return run(closer, repository, settings);
        }
    }

    private int run(Closer closer, Path repository, Settings settings) throws Exception {
        try {
            Tools tools = Tools.find(System.getenv());
            return new Benchmark(closer, repository, tools, settings, System.out).run() ? 0 : 1;
        } catch (Tools.Missing e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (StartException | IllegalStateException e) {
            if (!closer.closing()) {
                System.err.println(e.getMessage());
            }
            return 1;
        }
    }

    private void check() {
        require(connections >= 2 && connections <= MAX_CONNECTIONS, "--connections must be 2 to " + MAX_CONNECTIONS);
        require(members >= MIN_MEMBERS, "--members must be at least " + MIN_MEMBERS);
        require(rounds > 0 && seconds > 0 && submitters > 1, "--rounds, --seconds and --submitters must be positive");
    }

    private void require(boolean holds, String sentence) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }

    // The archive lies in benchmarks/target of the checkout that it was built from.
    static Path repository() throws URISyntaxException {
        Path archive = Path.of(BenchmarksMain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return archive.getParent().getParent().getParent();
    }
}
