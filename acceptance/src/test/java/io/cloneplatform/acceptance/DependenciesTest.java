package io.cloneplatform.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** No library of the platform is of a version that is known to be bad. */
class DependenciesTest {
    private static final Pattern RULE = Pattern.compile("(\\S+):(\\S+) < (\\S+)  (\\S+)");
    private static final Pattern JAR = Pattern.compile(".*/repository/(.+)/([^/]+)/([^/]+)/[^/]+\\.jar");

    private record Library(String group, String artifact, String version) {}

    private record Rule(String group, String artifact, String good, String advisory) {
        boolean forbids(Library library) {
            return library.group().equals(group)
                    && library.artifact().equals(artifact)
                    && compare(library.version(), good) < 0;
        }
    }

    @Test
    void noLibraryIsKnownToBeBad() throws IOException {
        List<Library> libraries = libraries();
        assertThat(libraries).hasSizeGreaterThan(60).anyMatch(one -> one.artifact()
                .equals("netty-handler"));
        List<String> bad = new ArrayList<>();
        for (Rule rule : rules()) {
            libraries.stream().filter(rule::forbids).forEach(one -> bad.add(one + " " + rule.advisory()));
        }
        assertThat(bad).isEmpty();
    }

    @Test
    void aBadVersionIsNoticed() throws IOException {
        assertThat(rules()).hasSizeGreaterThan(15).allSatisfy(rule -> {
            assertThat(rule.forbids(new Library(rule.group(), rule.artifact(), "0.9.1")))
                    .isTrue();
            assertThat(rule.forbids(new Library(rule.group(), rule.artifact(), rule.good())))
                    .isFalse();
            assertThat(rule.forbids(new Library(rule.group(), "other", "0.9.1")))
                    .isFalse();
        });
        assertThat(compare("4.1.124.Final", "4.1.125.Final")).isNegative();
        assertThat(compare("42.7.14", "42.7.7")).isPositive();
        assertThat(compare("2.13.4", "2.13.4.2")).isNegative();
        assertThat(compare("32.1.3-jre", "32.0.0")).isPositive();
    }

    private static List<Rule> rules() throws IOException {
        return Files.readAllLines(SourceRules.checkout().resolve(".ci/known-bad-dependencies.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> {
                    Matcher parts = RULE.matcher(line);
                    assertThat(parts.matches()).as(line).isTrue();
                    return new Rule(parts.group(1), parts.group(2), parts.group(3), parts.group(4));
                })
                .toList();
    }

    private static List<Library> libraries() {
        return Arrays.stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .map(JAR::matcher)
                .filter(Matcher::matches)
                .map(jar -> new Library(jar.group(1).replace('/', '.'), jar.group(2), jar.group(3)))
                .toList();
    }

    private static int compare(String version, String other) {
        int[] one = numbers(version);
        int[] two = numbers(other);
        return Arrays.compare(Arrays.copyOf(one, 6), Arrays.copyOf(two, 6));
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("[.-]"))
                .takeWhile(part -> part.matches("\\d{1,8}"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
