package io.cloneplatform.acceptance.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a management port shows at {@code /metrics}, in either format. */
public record Scrape(String text) {
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (clone_\\S+) (\\S+)$");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(clone_[a-z_]+)` \\| (\\w+) \\|.*$");
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (clone_\\S+) \\S.*$");

    /** The metrics of services that docs/metrics.md lists, with their kinds: without those that only some processes have. */
    public static Map<String, String> documented() {
        try {
            return DOCUMENTED
                    .matcher(Files.readString(Path.of("../docs/metrics.md")))
                    .results()
                    .filter(row -> !row.group().contains("only where"))
                    .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The samples, each with its labels and its value. */
    public List<String> series() {
        return text.lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /** The platform's own metrics with their kinds; what belongs to a histogram is one of them. */
    public Map<String, String> own() {
        Map<String, String> types =
                TYPE.matcher(text).results().collect(Collectors.toMap(type -> type.group(1), type -> type.group(2)));
        types.keySet().removeIf(name -> name.endsWith("_max") && types.containsKey(name.replaceAll("_max$", "")));
        return types;
    }

    /** The platform's own metrics that say what they are. */
    public Set<String> explained() {
        return HELP.matcher(text).results().map(help -> help.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The value of one series, written with its labels; 0 when there is none. */
    public double value(String series) {
        Matcher value =
                Pattern.compile("(?m)^" + Pattern.quote(series) + " (\\S+)").matcher(text);
        return value.find() ? Double.parseDouble(value.group(1)) : 0;
    }
}
