package io.cloneplatform.benchmarks.growth;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.benchmarks.report.Machine;
import io.cloneplatform.benchmarks.stage.Closer;
import io.cloneplatform.benchmarks.stage.Stage;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.gateway.document.ApiDocument;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One comparison of a platform with few members and one with many: both, the rounds, their books, the results. */
public final class Growth {
    private final Closer closer;
    private final Path repository;
    private final Settings settings;
    private final PrintStream out;

    public Growth(Closer closer, Path repository, Settings settings, PrintStream out) {
        this.closer = closer;
        this.repository = repository;
        this.settings = settings;
        this.out = out;
    }

    /**
     * What a comparison is asked for.
     *
     * @param few members of the one platform
     * @param many members of the other
     * @param rounds how many are counted
     * @param calls of each route on each side in a round
     * @param perSecond calls, on both sides together
     * @param only a pattern of the names of what is called
     * @param data where the databases stay; null for nowhere
     * @param out where the results go
     */
    public record Settings(
            long few, long many, int rounds, int calls, int perSecond, String only, Path data, Path out) {}

    record Results(
            Settings settings, Machine before, Machine after, List<Compared> routes, JsonNode few, JsonNode many) {
        boolean balanced() {
            return few.path("balanced").asBoolean() && many.path("balanced").asBoolean();
        }
    }

    /** Whether everything was answered well and both books balance. */
    public boolean run() throws IOException, InterruptedException {
        Machine before = Machine.now();
        Community few = open("few", settings.few());
        Community many = open("many", settings.many());
        List<Probe> probes = Probes.all(ApiDocument.load()).stream()
                .filter(probe -> probe.name().matches(settings.only()))
                .toList();
        List<Compared> routes = compare(few, many, probes);
        out.print(GrowthTable.of(routes));
        out.println("Verifying the books of both");
        Results results = new Results(settings, before, Machine.now(), routes, few.verify(), many.verify());
        write(results);
        out.print(GrowthTable.books(results));
        return results.balanced() && routes.stream().allMatch(Compared::wentWell);
    }

    private List<Compared> compare(Community few, Community many, List<Probe> probes) throws InterruptedException {
        int first = Math.max(few.calls(), many.calls());
        int next = first + settings.calls() * (settings.rounds() + 1);
        few.noteCalls(next);
        many.noteCalls(next);
        return new Comparison(few.side(), many.side(), settings.calls(), settings.perSecond(), out::println)
                .measure(probes, settings.rounds(), first);
    }

    private Community open(String name, long members) throws InterruptedException {
        Path kept = settings.data() == null ? null : settings.data().resolve(name);
        return Community.open(closer, new Stage(closer, repository, kept, out::println), members, out::println);
    }

    private void write(Results results) throws IOException {
        Files.createDirectories(settings.out());
        Path file = settings.out().resolve("growth.json");
        Files.writeString(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(results) + "\n");
        out.println("Results: " + file);
    }
}
