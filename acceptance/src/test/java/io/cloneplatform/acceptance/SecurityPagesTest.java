package io.cloneplatform.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SECURITY.md and docs/asvs.md say how each promise is tested: the tests they name exist, and no requirement is left out. */
class SecurityPagesTest {
    private static final int REQUIREMENTS = 253;
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:IT|Test))`");
    private static final Pattern ROW = Pattern.compile(
            "\\| (V\\d+\\.\\d+\\.\\d+) \\| ([12]) \\| (met|not applicable|not met) \\| ([^|]+) \\| ([^|]*)\\|");
    private static final Path CHECKOUT = SourceRules.checkout();

    @Test
    void everyTestThatIsNamedExists() {
        Set<String> named = new TreeSet<>(names(read("SECURITY.md")));
        named.addAll(names(read("docs/asvs.md")));
        assertThat(named).hasSizeGreaterThan(40);
        assertThat(tests()).containsAll(named);
    }

    @Test
    void everyPromiseNamesATest() {
        List<String> rows = read("SECURITY.md")
                .lines()
                .dropWhile(line -> !line.startsWith("## What is promised"))
                .takeWhile(line -> !line.startsWith("## What we do not"))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Promise"))
                .toList();
        assertThat(rows)
                .hasSizeGreaterThan(15)
                .allSatisfy(row -> assertThat(names(row)).as(row).isNotEmpty());
    }

    @Test
    void everyRequirementIsThereOnceAndHasAnAnswer() {
        List<String> ids = new ArrayList<>();
        List<String> states = new ArrayList<>();
        read("docs/asvs.md").lines().filter(line -> line.startsWith("| V")).forEach(line -> {
            Matcher row = ROW.matcher(line);
            assertThat(row.matches()).as(line).isTrue();
            ids.add(row.group(1));
            states.add(row.group(3));
        });
        assertThat(ids).doesNotHaveDuplicates().hasSize(REQUIREMENTS);
        for (String state : List.of("met", "not applicable", "not met")) {
            long counted = states.stream().filter(state::equals).count();
            assertThat(read("docs/asvs.md")).contains("| " + state + " | " + counted + " |");
        }
    }

    private static List<String> names(String text) {
        return TEST.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static String read(String file) {
        try {
            return Files.readString(CHECKOUT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> tests() {
        try (Stream<Path> files = Files.find(
                CHECKOUT,
                16,
                (path, facts) -> path.toString().contains("/src/test/java/")
                        && path.toString().endsWith(".java"))) {
            return files.map(path -> path.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
