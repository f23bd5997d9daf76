package io.cloneplatform.benchmarks;

import io.cloneplatform.benchmarks.growth.Growth;
import io.cloneplatform.benchmarks.stage.Closer;
import io.cloneplatform.common.launch.StartException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares every route among few and among many members. Exit codes: 0 measured, 1 failed. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Calls every route on a platform with a thousand members and on one with a million, in turn, and"
                + " compares how long 95 of 100 calls take.")
final class GrowthCommand implements Callable<Integer> {
    private static final int MIN_MEMBERS = 1_000;

    @Option(names = "--few", defaultValue = "1000", description = "Members of the small platform (${DEFAULT-VALUE}).")
    private long few;

    @Option(names = "--many", defaultValue = "1000000", description = "Members of the large one (${DEFAULT-VALUE}).")
    private long many;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds that count (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--calls", defaultValue = "40", description = "Calls a route, side and round (${DEFAULT-VALUE}).")
    private int calls;

    @Option(names = "--rate", defaultValue = "50", description = "Calls a second on both together (${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--only", defaultValue = ".*", description = "Routes whose name matches (${DEFAULT-VALUE}).")
    private Pattern only;

    @Option(names = "--data", description = "Where the seeded databases are kept for later runs (nowhere).")
    private Path data;

    @Option(names = "--out", description = "Where the results go (benchmarks/target/results).")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (few < MIN_MEMBERS || many < MIN_MEMBERS || rounds < 1 || calls < 1 || rate < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--few and --many must be at least " + MIN_MEMBERS + ", the others positive");
        }
        Path repository = BenchmarksMain.repository();
        Path results = out == null ? repository.resolve("benchmarks/target/results") : out.toAbsolutePath();
        Growth.Settings settings = new Growth.Settings(few, many, rounds, calls, rate, only.pattern(), data, results);
        try (Closer closer = Closer.untilExit()) {
            return run(closer, new Growth(closer, repository, settings, System.out));
        }
    }

    private static int run(Closer closer, Growth growth) throws Exception {
        try {
            return growth.run() ? 0 : 1;
        } catch (StartException | IllegalStateException e) {
            if (!closer.closing()) {
                System.err.println(e.getMessage());
            }
            return 1;
        }
    }
}
