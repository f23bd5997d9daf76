package io.cloneplatform.benchmarks.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The load generators of the machine.
 *
 * @param wrk drives HTTP
 * @param pgbench drives PostgreSQL
 */
public record Tools(Path wrk, Path pgbench) {
    /** What has to be installed first, in one sentence for each program. */
    public static final class Missing extends RuntimeException {
        Missing(List<String> sentences) {
            super(String.join("\n", sentences));
        }
    }

    /**
     * Finds them.
     *
     * @param environment {@code WRK} and {@code PGBENCH} name programs outside the {@code PATH}
     * @throws Missing naming all that are not there
     */
    public static Tools find(Map<String, String> environment) {
        Optional<Path> wrk = program("wrk", environment.get("WRK"), onPath(environment));
        Optional<Path> pgbench =
                program("pgbench", environment.get("PGBENCH"), Stream.concat(onPath(environment), debianPostgres()));
        List<String> missing = new ArrayList<>();
        if (wrk.isEmpty()) {
            missing.add("wrk is missing. On Debian: apt install wrk, or set WRK to the program.");
        }
        if (pgbench.isEmpty()) {
            missing.add(
                    "pgbench is missing. On Debian: apt install postgresql-contrib, or set PGBENCH to the program.");
        }
        if (!missing.isEmpty()) {
            throw new Missing(missing);
        }
        return new Tools(wrk.orElseThrow(), pgbench.orElseThrow());
    }

    private static Stream<Path> onPath(Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "").split(":")).map(Path::of);
    }

    // Debian links only some programs of a version into the path.
    private static Stream<Path> debianPostgres() {
        return Stream.of("18", "17", "16", "15").map(version -> Path.of("/usr/lib/postgresql", version, "bin"));
    }

    private static Optional<Path> program(String name, String configured, Stream<Path> directories) {
        Stream<Path> candidates = configured == null
                ? directories.map(directory -> directory.resolve(name))
                : Stream.of(Path.of(configured));
        return candidates
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
