package io.cloneplatform.benchmarks.load;

import io.cloneplatform.benchmarks.measure.Sample;
import io.cloneplatform.benchmarks.stage.Programs;
import io.cloneplatform.benchmarks.stage.TemporaryDirectory;
import io.cloneplatform.common.config.DatabaseConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Drives PostgreSQL with pgbench: prepared statements, as many connections as the platform's clients have. */
public final class Pgbench {
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern FAILED = Pattern.compile("number of failed transactions: ([0-9]+)");
    private static final String SAMPLED = "0.2";
    private static final int TIME_COLUMN = 2;

    private final Programs programs;
    private final Path pgbench;
    private final TemporaryDirectory directory;
    private final DatabaseConfig database;

    public Pgbench(Programs programs, Path pgbench, TemporaryDirectory directory, DatabaseConfig database) {
        this.programs = programs;
        this.pgbench = pgbench;
        this.directory = directory;
        this.database = database;
    }

    /**
     * Runs a script over and over.
     *
     * @param script a resource
     * @param variables what the script calls {@code :name}
     */
    public Sample run(String script, Map<String, Long> variables, int connections, int seconds) {
        Path times = directory.path().resolve("pgbench-times");
        URI server = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        Stream<String> definitions = variables.entrySet().stream()
                .flatMap(variable -> Stream.of("-D", variable.getKey() + "=" + variable.getValue()));
        List<String> fixed = List.of(
                pgbench.toString(),
                "-n",
                "-M",
                "prepared",
                "-j",
                "2",
                "-c",
                Integer.toString(connections),
                "-T",
                Integer.toString(seconds),
                "--log",
                "--sampling-rate=" + SAMPLED,
                "--log-prefix=" + times,
                "-f",
                directory.file(script).toString(),
                "-h",
                server.getHost(),
                "-p",
                Integer.toString(server.getPort()),
                "-U",
                database.user());
        String output = programs.run(
                Stream.of(
                                fixed.stream(),
                                definitions,
                                Stream.of(server.getPath().substring(1)))
                        .flatMap(part -> part)
                        .toList(),
                Map.of("PGPASSWORD", database.password().value()));
        return sample(output, times(times));
    }

    private static Sample sample(String output, long[] sortedMicros) {
        Matcher failed = FAILED.matcher(output);
        Matcher rate = RATE.matcher(output);
        if (!rate.find()) {
            throw new IllegalStateException("pgbench reports no rate:\n" + output);
        }
        return new Sample(
                Double.parseDouble(rate.group(1)),
                percentileMs(sortedMicros, 50),
                percentileMs(sortedMicros, 95),
                percentileMs(sortedMicros, 99),
                failed.find() ? Long.parseLong(failed.group(1)) : 0,
                null);
    }

    private static double percentileMs(long[] sortedMicros, int percent) {
        return sortedMicros.length == 0 ? 0 : sortedMicros[(sortedMicros.length - 1) * percent / 100] / 1_000.0;
    }

    /** The sampled times in order; each thread of pgbench has written a file. */
    private long[] times(Path prefix) {
        try (Stream<Path> files = Files.list(directory.path())) {
            List<Path> written = files.filter(file -> file.toString().startsWith(prefix + "."))
                    .toList();
            long[] micros = written.stream()
                    .flatMap(Pgbench::lines)
                    .mapToLong(line -> Long.parseLong(line.split(" ", -1)[TIME_COLUMN]))
                    .sorted()
                    .toArray();
            for (Path file : written) {
                Files.delete(file);
            }
            return micros;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
