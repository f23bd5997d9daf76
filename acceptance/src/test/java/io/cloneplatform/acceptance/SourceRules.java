package io.cloneplatform.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What compiled classes no longer show: the length of files, and the types of local variables. */
final class SourceRules {
    private static final int MAX_LINES = 250;
    private static final Pattern FLOATING = Pattern.compile("\\b(?:double|float|Double|Float|float4|float8)\\b");
    private static final Pattern COMMENT = Pattern.compile("//.*|/\\*.*?\\*/|^\\s*/?\\*.*");

    private final Path modules;

    /** Rules over the main sources of the modules in a directory. */
    SourceRules(Path modules) {
        this.modules = modules;
    }

    /** The directory of the modules, from wherever the tests run. */
    static Path checkout() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("gateway/src/main/java"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException("the tests do not run inside the checkout");
            }
        }
        return directory;
    }

    /** Every main source file. */
    List<Path> sources() {
        try (Stream<Path> children = Files.list(modules)) {
            return children.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(SourceRules::javaFiles)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files that are longer than a file may be. */
    List<String> tooLong() {
        return sources().stream()
                .filter(file -> lines(file).size() > MAX_LINES)
                .map(file -> modules.relativize(file) + " has " + lines(file).size() + " lines")
                .toList();
    }

    /** Lines with a binary floating point type in the files of the packages, SQL included. */
    List<String> floating(List<String> packages) {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            if (packages.stream().anyMatch(name -> isIn(file, name))) {
                List<String> lines = lines(file);
                IntStream.range(0, lines.size())
                        .filter(i -> FLOATING.matcher(
                                        COMMENT.matcher(lines.get(i)).replaceAll(""))
                                .find())
                        .forEach(i -> found.add(modules.relativize(file) + ":" + (i + 1) + " "
                                + lines.get(i).strip()));
            }
        }
        return found;
    }

    private static boolean isIn(Path file, String name) {
        return file.toString().contains("/io/cloneplatform/" + name.replace('.', '/') + "/");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
