package io.cloneplatform.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.benchmarks.measure.Round;
import io.cloneplatform.benchmarks.measure.Rounds;
import io.cloneplatform.benchmarks.measure.Sample;
import io.cloneplatform.benchmarks.measure.Target;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a run found out.
 *
 * @param settings what it was asked for
 * @param before the machine when it began
 * @param after the machine when it ended
 * @param steps the median round of each step
 * @param rounds every counted round
 * @param books what the platform said about its books afterwards
 */
public record Results(
        Object settings,
        Machine before,
        Machine after,
        List<StepResult> steps,
        List<TargetResult> targets,
        List<Map<String, Sample>> rounds,
        JsonNode books) {

    /** The medians of a step; of errors the sum, and of late starts the most. */
    public record StepResult(String name, Sample median) {
        static StepResult of(String step, List<Round> rounds) {
            List<Sample> samples = rounds.stream().map(round -> round.of(step)).toList();
            return new StepResult(
                    step,
                    new Sample(
                            Rounds.median(rounds, round -> round.of(step).perSecond()),
                            Rounds.median(rounds, round -> round.of(step).p50Ms()),
                            Rounds.median(rounds, round -> round.of(step).p95Ms()),
                            Rounds.median(rounds, round -> round.of(step).p99Ms()),
                            samples.stream().mapToLong(Sample::errors).sum(),
                            samples.stream()
                                    .map(Sample::lateShare)
                                    .filter(Objects::nonNull)
                                    .max(Double::compare)
                                    .orElse(null)));
        }
    }

    /**
     * How a target was met.
     *
     * @param seen the median over the rounds
     */
    public record TargetResult(String name, double seen, String unit, String wanted, boolean met) {
        static TargetResult of(Target target, List<Round> rounds) {
            double seen = Rounds.median(rounds, target.value());
            return new TargetResult(target.name(), seen, target.unit(), target.wanted(), target.isMet(seen));
        }
    }

    /** The medians of what was measured. */
    public static Results of(
            Object settings,
            Machine before,
            List<String> steps,
            List<Target> targets,
            List<Round> rounds,
            JsonNode books) {
        return new Results(
                settings,
                before,
                Machine.now(),
                steps.stream().map(step -> StepResult.of(step, rounds)).toList(),
                targets.stream().map(target -> TargetResult.of(target, rounds)).toList(),
                rounds.stream().map(Round::samples).toList(),
                books);
    }

    /** Whether the books balance. */
    public boolean balanced() {
        return books.path("balanced").asBoolean();
    }

    /** Whether every request was answered with a success. */
    public boolean withoutErrors() {
        return steps.stream().allMatch(step -> step.median().errors() == 0);
    }

    /** Writes {@code results.json} and {@code chart.svg}. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("results.json"),
                Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
        Files.writeString(directory.resolve("chart.svg"), Chart.of(steps));
    }
}
