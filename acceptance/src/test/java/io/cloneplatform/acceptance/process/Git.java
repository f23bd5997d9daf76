package io.cloneplatform.acceptance.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Commits of the repository that the tests run in. */
final class Git {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String THE_RULE = "common/src/main/java/io/cloneplatform/common/db/SchemaState.java";

    private Git() {}

    /**
     * The release that production runs: the one of {@code -Drollback.from}, the newest tag {@code v…} behind this commit, the
     * last commit before this one that headed a version in CHANGELOG.md, or, before the first release, the commit from which
     * on builds run on schemas of later ones.
     */
    static String lastRelease() {
        String given = System.getProperty("rollback.from", "");
        return given.isEmpty()
                ? newestRelease()
                : run("git", "rev-parse", "--verify", given).strip();
    }

    private static String newestRelease() {
        return Stream.of(
                        List.of("tag", "--list", "v*", "--sort=-version:refname", "--merged", "HEAD^"),
                        List.of("log", "-1", "--format=%H", "-G^## [0-9]", "HEAD^", "--", "CHANGELOG.md"),
                        List.of("log", "-1", "--format=%H", "--diff-filter=A", "--", THE_RULE))
                .map(Git::firstLine)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no release in the history of this checkout"));
    }

    /** Writes the files of a commit into a directory. */
    static void export(String commit, Path directory) {
        run("sh", "-e", "-c", "git archive --format=tar \"$1\" | tar -x -C \"$2\"", "sh", commit, directory.toString());
    }

    // Nothing, too, where the history ends with this commit and has none before.
    private static Optional<String> firstLine(List<String> command) {
        String[] git = Stream.concat(Stream.of("git"), command.stream()).toArray(String[]::new);
        try (PlatformProcess process = new Launch(List.of(git), Map.of()).start()) {
            return process.awaitExit(LIMIT) == 0 ? process.wholeOutput().lines().findFirst() : Optional.empty();
        }
    }

    private static String run(String... command) {
        try (PlatformProcess process = new Launch(List.of(command), Map.of()).start()) {
            if (process.awaitExit(LIMIT) != 0) {
                throw new IllegalStateException(process.toString());
            }
            return process.wholeOutput();
        }
    }
}
