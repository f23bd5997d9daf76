package io.cloneplatform.benchmarks;

import java.nio.file.Path;
import java.util.Set;

/**
 * What a run is asked for.
 *
 * @param members how many are seeded
 * @param submitters how many of them, at most, the load is sent for
 * @param rounds how many are counted
 * @param seconds that each measurement takes
 * @param connections of each load generator
 * @param only the scenarios
 * @param out where the results go
 */
record Settings(
        long members, int submitters, int rounds, int seconds, int connections, Set<ScenarioName> only, Path out) {
    Settings {
        only = Set.copyOf(only);
    }
}
