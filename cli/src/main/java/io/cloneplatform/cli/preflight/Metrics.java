package io.cloneplatform.cli.preflight;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Samples of a Prometheus text. */
final class Metrics {
    private static final Pattern SAMPLE = Pattern.compile("([A-Za-z_:][\\w:]*)(\\{.*\\})? (\\S+).*");

    private final List<Sample> samples = new ArrayList<>();

    /**
     * One sample.
     *
     * @param labels with their braces; empty when there are none
     */
    private record Sample(String name, String labels, BigDecimal value) {}

    private Metrics() {}

    static Metrics read(String text) {
        Metrics metrics = new Metrics();
        text.lines().filter(line -> !line.startsWith("#")).forEach(metrics::take);
        return metrics;
    }

    private void take(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        if (matcher.matches()) {
            number(matcher.group(3))
                    .ifPresent(value -> samples.add(
                            new Sample(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2), value)));
        }
    }

    // NaN and +Inf say nothing here.
    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean has(String name) {
        return samples.stream().anyMatch(sample -> sample.name().equals(name));
    }

    /** The sum of all samples of a name whose labels please. */
    BigDecimal sum(String name, Predicate<String> labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name) && labels.test(sample.labels()))
                .map(Sample::value)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The one sample of a name. */
    Optional<BigDecimal> value(String name) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .map(Sample::value)
                .findFirst();
    }
}
