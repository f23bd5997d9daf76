package io.cloneplatform.benchmarks;

import io.cloneplatform.benchmarks.load.Pgbench;
import io.cloneplatform.benchmarks.load.Wrk;
import io.cloneplatform.benchmarks.measure.Round;
import io.cloneplatform.benchmarks.measure.Rounds;
import io.cloneplatform.benchmarks.measure.Scenario;
import io.cloneplatform.benchmarks.report.Machine;
import io.cloneplatform.benchmarks.report.Results;
import io.cloneplatform.benchmarks.report.Table;
import io.cloneplatform.benchmarks.scenario.Bench;
import io.cloneplatform.benchmarks.scenario.Submissions;
import io.cloneplatform.benchmarks.seed.Baseline;
import io.cloneplatform.benchmarks.seed.Seed;
import io.cloneplatform.benchmarks.seed.Submitter;
import io.cloneplatform.benchmarks.seed.Tokens;
import io.cloneplatform.benchmarks.stage.Closer;
import io.cloneplatform.benchmarks.stage.Platform;
import io.cloneplatform.benchmarks.stage.Programs;
import io.cloneplatform.benchmarks.stage.Stage;
import io.cloneplatform.benchmarks.stage.Tools;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** One run: a stage, members, the platform, the rounds, the books, the results. */
final class Benchmark {
    private final Closer closer;
    private final Path repository;
    private final Tools tools;
    private final Settings settings;
    private final PrintStream out;

    Benchmark(Closer closer, Path repository, Tools tools, Settings settings, PrintStream out) {
        this.closer = closer;
        this.repository = repository;
        this.tools = tools;
        this.settings = settings;
        this.out = out;
    }

    /** Whether everything was answered well and the books balance. */
    boolean run() throws IOException, InterruptedException {
        Machine before = Machine.now();
        Stage stage = new Stage(closer, repository, out::println);
        Seed seed = new Seed(stage.database(), settings.members());
        List<Long> anywhere = seed(stage, seed);
        out.println("Starting the platform");
        Platform platform = stage.startPlatform();
        Bench bench = bench(stage, platform, anywhere, seed.belowHub(settings.submitters()));
        List<Scenario> scenarios = settings.only().stream()
                .sorted()
                .map(name -> scenario(name, bench))
                .toList();
        Rounds rounds = new Rounds(scenarios, () -> stage.database().run("CHECKPOINT"), out::println);
        List<Round> measured = rounds.measure(settings.rounds());
        Results results = Results.of(
                settings,
                before,
                rounds.names(),
                scenarios.stream()
                        .flatMap(scenario -> scenario.targets().stream())
                        .toList(),
                measured,
                platform.getAsAdmin("/admin/ledger/verify"));
        results.write(settings.out());
        out.print(Table.of(results));
        out.println("Results: " + settings.out());
        return results.balanced() && results.withoutErrors();
    }

    private List<Long> seed(Stage stage, Seed seed) {
        out.println("Seeding " + settings.members() + " members");
        seed.write();
        List<Long> anywhere = seed.anywhere(settings.submitters());
        out.println("Seeding the baseline");
        Baseline.write(stage.database(), anywhere);
        stage.database().run("VACUUM ANALYZE");
        return anywhere;
    }

    private Bench bench(Stage stage, Platform platform, List<Long> anywhere, List<Long> belowHub)
            throws InterruptedException {
        out.println("Introducing " + (anywhere.size() + belowHub.size()) + " members to the gateway");
        Programs programs = new Programs(closer);
        return new Bench(
                new Wrk(programs, tools.wrk(), stage.directory(), platform.url()),
                new Pgbench(
                        programs,
                        tools.pgbench(),
                        stage.directory(),
                        stage.database().config()),
                settings.connections(),
                settings.seconds(),
                anywhere.size(),
                tokens(stage, platform, "anywhere", anywhere),
                tokens(stage, platform, "below-hub", belowHub));
    }

    private static Path tokens(Stage stage, Platform platform, String name, List<Long> members)
            throws InterruptedException {
        List<String> tokens = Tokens.mint(stage.database(), members).stream()
                .map(Submitter::token)
                .toList();
        platform.introduce(tokens);
        return stage.directory().file(name, tokens);
    }

    private static Scenario scenario(ScenarioName name, Bench bench) {
        return switch (name) {
            case SUBMISSIONS -> Submissions.uniform(bench);
            case HOT_UPLINE -> Submissions.hotUpline(bench);
        };
    }
}
