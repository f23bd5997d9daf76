package io.cloneplatform.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.benchmarks.measure.Round;
import io.cloneplatform.benchmarks.measure.Rounds;
import io.cloneplatform.benchmarks.measure.Sample;
import io.cloneplatform.benchmarks.measure.Scenario;
import io.cloneplatform.benchmarks.measure.Step;
import io.cloneplatform.benchmarks.measure.Target;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    private final AtomicInteger count = new AtomicInteger();

    private Results results(boolean balanced, long errors) {
        Step ours = new Step("a < b", round -> new Sample(1_000 * count.incrementAndGet(), 1, 2, 3, errors, 0.01));
        Step theirs = new Step("pgbench", round -> Sample.rate(1_000));
        Target target = Target.ratio("a < b", "pgbench", 4.0);
        Rounds rounds = new Rounds(List.of(new Scenario(List.of(ours, theirs), List.of(target))), () -> {}, line -> {});
        List<Round> measured = rounds.measure(3);
        return Results.of(
                Map.of("rounds", 3),
                Machine.now(),
                rounds.names(),
                List.of(target),
                measured,
                Json.object().put("balanced", balanced).put("checkedTransfers", 12));
    }

    @Test
    void theTableShowsMediansAndWhatIsWanted() {
        assertThat(Table.of(results(true, 0)))
                .contains("a < b")
                .contains("3,000")
                .contains("1.00 % of its requests left late")
                .containsPattern("a < b / pgbench +3.00 x +>= 4.0 x +MISSED")
                .contains("The books balance: 12 transfers");
    }

    @Test
    void errorsAndBooksThatDoNotBalanceAreSeen() {
        Results results = results(false, 2);
        assertThat(results.balanced()).isFalse();
        assertThat(results.withoutErrors()).isFalse();
        assertThat(results.steps().get(0).median().errors()).isEqualTo(6);
        assertThat(Table.of(results)).contains("DO NOT BALANCE");
    }

    @Test
    void theFilesHoldEveryRound(@TempDir Path directory) throws IOException {
        results(true, 0).write(directory.resolve("new"));
        assertThat(Json.read(Files.readString(directory.resolve("new/results.json")))
                        .get("rounds"))
                .hasSize(3);
        assertThat(Files.readString(directory.resolve("new/chart.svg")))
                .contains("a &lt; b")
                .contains("width=\"420\"");
    }
}
