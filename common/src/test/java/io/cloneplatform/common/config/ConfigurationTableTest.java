package io.cloneplatform.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README's table of settings names what the code reads, with the defaults that the code takes. */
class ConfigurationTableTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[A-Z][A-Z_`, ]+`) \\| ([^|]*) \\|");
    private static final Pattern NAME = Pattern.compile("`([A-Z_]+)`");
    private static final Pattern DEFAULT = Pattern.compile("`([^`]*)`");
    private static final Pattern READ = Pattern.compile("\"([A-Z_]{4,})\"");

    @Test
    void namesEverySettingAndNoOther() throws IOException {
        Set<String> read = new TreeSet<>();
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/cloneplatform/common/config"))) {
            sources.map(ConfigurationTableTest::text)
                    .flatMap(source -> READ.matcher(source).results())
                    .forEach(result -> read.add(result.group(1)));
        }
        read.removeIf(name -> name.endsWith("_FILE"));
        assertThat(documented().keySet()).containsExactlyInAnyOrderElementsOf(read);
    }

    @Test
    void namesTheDefaults() {
        Map<String, String> defaults = documented();
        defaults.values().removeIf(value -> !DEFAULT.matcher(value).matches());
        defaults.replaceAll((name, value) -> value.substring(1, value.length() - 1));
        assertThat(defaults).hasSizeGreaterThan(20);
        assertThat(PlatformConfig.read(defaults)).isEqualTo(PlatformConfig.read(Map.of()));
    }

    private static Map<String, String> documented() {
        Map<String, String> documented = new HashMap<>();
        Matcher row = ROW.matcher(text(Path.of("../README.md")));
        while (row.find()) {
            NAME.matcher(row.group(1)).results().forEach(name -> documented.put(name.group(1), row.group(2)));
        }
        return documented;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
