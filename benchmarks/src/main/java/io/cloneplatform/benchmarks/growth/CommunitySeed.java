package io.cloneplatform.benchmarks.growth;

import io.cloneplatform.benchmarks.seed.Seed;
import io.cloneplatform.benchmarks.stage.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Fills an empty database with members and with everything that they did for a year, by a few statements. */
final class CommunitySeed {
    private static final List<String> PARTS = List.of("1-members", "2-money", "3-documents", "4-support", "5-platform");

    private static final String BEGUN =
            "SELECT to_regclass('bench.seed') IS NOT NULL, to_regclass('bench.finished') IS NOT NULL";

    private CommunitySeed() {}

    /**
     * Whether so many members are there already.
     *
     * @throws IllegalStateException when something else is there
     */
    static boolean isWritten(Database database, long members) {
        List<String> state = database.rows(BEGUN).get(0);
        boolean finished = state.get(1).equals("t");
        if (!finished && state.get(0).equals("t")) {
            throw new IllegalStateException("The database holds a part of a seed. Remove its directory.");
        }
        String there = finished
                ? database.rows("SELECT members FROM bench.finished").get(0).get(0)
                : null;
        if (finished && !there.equals(Long.toString(members))) {
            throw new IllegalStateException("The database holds " + there + " members, not " + members + ".");
        }
        return finished;
    }

    static void write(Database database, long members, Consumer<String> progress) {
        setting(database, "bench.members", Long.toString(members));
        setting(database, "bench.hash", Seed.HASH);
        setting(database, "bench.cheap_hash", Seed.CHEAP_HASH);
        for (String part : PARTS) {
            long start = System.nanoTime();
            database.run(read("/growth/" + part + ".sql"));
            progress.accept("  " + part + ": " + (System.nanoTime() - start) / 1_000_000_000 + " s");
        }
        database.run("CREATE TABLE bench.finished AS SELECT " + members + "::bigint AS members, 0 AS calls");
        database.run("VACUUM ANALYZE");
    }

    /** How many calls of each route earlier runs made; what they used up is not asked for again. */
    static int calls(Database database) {
        return Integer.parseInt(
                database.rows("SELECT calls FROM bench.finished").get(0).get(0));
    }

    static void noteCalls(Database database, int calls) {
        database.run("UPDATE bench.finished SET calls = ?", calls);
    }

    private static void setting(Database database, String name, String value) {
        database.run("SELECT set_config(?, ?, false)", name, value);
    }

    private static String read(String resource) {
        try (InputStream in = CommunitySeed.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
