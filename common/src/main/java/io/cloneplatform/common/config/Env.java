package io.cloneplatform.common.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads settings from the environment and collects every problem, so that a start fails once with all of them. */
public final class Env {
    private final Map<String, String> variables;
    private final Set<String> problems = new LinkedHashSet<>();

    public Env(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** A text that was set and is not blank. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(variables.get(key)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** A text, or the default. */
    public String text(String key, String orElse) {
        return text(key).orElse(orElse);
    }

    /** A whole number within bounds, or the default. */
    public long number(String key, long orElse, long min, long max) {
        return read(key, orElse, min + " to " + max, value -> {
            long number = Long.parseLong(value);
            if (number < min || number > max) {
                throw new IllegalArgumentException();
            }
            return number;
        });
    }

    /** A TCP port, or the default; 0 takes any free one. */
    public int port(String key, int orElse) {
        return (int) number(key, orElse, 0, 65_535);
    }

    /** {@code on} or {@code off}, or the default. */
    public boolean flag(String key, boolean orElse) {
        return oneOf(key, orElse ? "on" : "off", "on", "off").equals("on");
    }

    /** One of the words, or the default. */
    public String oneOf(String key, String orElse, String... words) {
        return read(key, orElse, String.join(", ", words), value -> {
            if (!Arrays.asList(words).contains(value)) {
                throw new IllegalArgumentException();
            }
            return value;
        });
    }

    /** Comma-separated texts, or the default. */
    public List<String> list(String key, List<String> orElse) {
        return text(key)
                .map(value -> Arrays.stream(value.split(",", -1))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList())
                .orElse(orElse);
    }

    /** A secret from the variable, or from the file that {@code <key>_FILE} names. */
    public Optional<Secret> secret(String key) {
        if (text(key + "_FILE").isEmpty()) {
            return text(key).map(Secret::new);
        }
        return path(key + "_FILE").flatMap(file -> secret(key + "_FILE", file));
    }

    private Optional<Secret> secret(String key, Path file) {
        try {
            return Optional.of(new Secret(Files.readString(file).strip()));
        } catch (IOException e) {
            problem(key, "cannot be read: " + file);
            return Optional.empty();
        }
    }

    /** The path of a file or directory. */
    public Optional<Path> path(String key) {
        try {
            return text(key).map(Path::of);
        } catch (InvalidPathException e) {
            problem(key, "is no path in this locale; with LC_ALL=C.UTF-8 it is one");
            return Optional.empty();
        }
    }

    /** Reports what only a use of several settings together can find. */
    public void problem(String key, String sentence) {
        problems.add(key + ": " + sentence);
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigException naming every problem
     */
    public void check() {
        if (!problems.isEmpty()) {
            throw new ConfigException(List.copyOf(problems));
        }
    }

    private <T> T read(String key, T orElse, String expected, Function<String, T> parse) {
        Optional<String> value = text(key);
        try {
            return value.map(parse).orElse(orElse);
        } catch (IllegalArgumentException e) {
            problem(key, "expected " + expected + ", got '" + value.orElseThrow() + "'");
            return orElse;
        }
    }
}
