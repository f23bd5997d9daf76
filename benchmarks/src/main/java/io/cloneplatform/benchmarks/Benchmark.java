package io.cloneplatform.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.benchmarks.load.HashSpeed;
import io.cloneplatform.benchmarks.load.Pgbench;
import io.cloneplatform.benchmarks.load.Wrk;
import io.cloneplatform.benchmarks.measure.Round;
import io.cloneplatform.benchmarks.measure.Rounds;
import io.cloneplatform.benchmarks.measure.Scenario;
import io.cloneplatform.benchmarks.measure.Target;
import io.cloneplatform.benchmarks.report.Machine;
import io.cloneplatform.benchmarks.report.Results;
import io.cloneplatform.benchmarks.report.Table;
import io.cloneplatform.benchmarks.scenario.Analytics;
import io.cloneplatform.benchmarks.scenario.Bench;
import io.cloneplatform.benchmarks.scenario.Clustered;
import io.cloneplatform.benchmarks.scenario.Costs;
import io.cloneplatform.benchmarks.scenario.Reads;
import io.cloneplatform.benchmarks.scenario.Submissions;
import io.cloneplatform.benchmarks.scenario.Withdrawals;
import io.cloneplatform.benchmarks.seed.Site;
import io.cloneplatform.benchmarks.stage.Closer;
import io.cloneplatform.benchmarks.stage.Fleet;
import io.cloneplatform.benchmarks.stage.Programs;
import io.cloneplatform.benchmarks.stage.Stage;
import io.cloneplatform.benchmarks.stage.Tools;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One run: members, the platform, the rounds, the books, the results. */
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
        Site site = Site.open(
                new Stage(closer, repository, out::println), settings.members(), settings.submitters(), out::println);
        List<Scenario> scenarios = scenarios(bench(site));
        Rounds rounds = new Rounds(scenarios, () -> site.database().run("CHECKPOINT"), out::println);
        List<Round> measured = rounds.measure(settings.rounds());
        List<Target> targets = scenarios.stream()
                .flatMap(scenario -> scenario.targets().stream())
                .toList();
        JsonNode books = site.platform().verify();
        Results results = Results.of(settings, before, rounds.names(), targets, measured, books);
        results.write(settings.out());
        out.print(Table.of(results));
        out.println("Results: " + settings.out());
        return results.balanced() && results.withoutErrors();
    }

    private Bench bench(Site site) {
        Programs programs = new Programs(closer);
        return new Bench(
                site,
                new Wrk(programs, tools.wrk(), site.directory(), site.platform().url()),
                new Pgbench(
                        programs,
                        tools.pgbench(),
                        site.directory(),
                        site.database().config()),
                settings.connections(),
                settings.seconds());
    }

    private List<Scenario> scenarios(Bench bench) throws InterruptedException {
        List<Scenario> scenarios = new ArrayList<>();
        for (ScenarioName name : ScenarioName.values()) {
            if (settings.only().contains(name)) {
                scenarios.add(scenario(name, bench));
            }
        }
        return scenarios;
    }

    private Scenario scenario(ScenarioName name, Bench bench) throws InterruptedException {
        return switch (name) {
            case SUBMISSIONS -> Submissions.uniform(bench);
            case HOT_UPLINE -> Submissions.hotUpline(bench);
            case READS -> Reads.of(bench);
            case ANALYTICS -> Analytics.of(bench);
            case WITHDRAWALS -> Withdrawals.of(bench, closer.keep(HashSpeed::new));
            case CLUSTER -> clustered(bench);
        };
    }

    private Scenario clustered(Bench bench) throws InterruptedException {
        bench.anywhere();
        Site site = bench.site();
        Fleet fleet = site.startFleet();
        Map<String, Supplier<Stream<ProcessHandle>>> processes = new LinkedHashMap<>();
        processes.put("all in one", () -> Stream.of(site.platform().process()));
        fleet.processes().forEach((name, process) -> processes.put(name, () -> Stream.of(process.process())));
        processes.put("PostgreSQL", () -> site.database().processes());
        Wrk wrk = new Wrk(
                new Programs(closer),
                tools.wrk(),
                site.directory(),
                fleet.gateway().url());
        return Clustered.of(bench, wrk, new Costs(processes, out::println));
    }
}
