package io.cloneplatform.acceptance.monitoring;

import io.cloneplatform.acceptance.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What docs/runbook.md says about alerts. */
final class Runbook {
    /** The page, as links name it. */
    static final String PATH = "docs/runbook.md";

    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+?) *$");
    private static final Pattern CONTACT = Pattern.compile("^\\| *\\**(P\\d)\\b.*");

    private final List<String> lines;

    Runbook() {
        try {
            lines = outsideOfBlocks(Files.readAllLines(Repository.root().resolve(PATH)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // A comment in a shell block is no heading.
    private static List<String> outsideOfBlocks(List<String> all) {
        boolean[] inside = {false};
        return all.stream()
                .filter(line -> {
                    inside[0] ^= line.startsWith("```");
                    return !inside[0];
                })
                .toList();
    }

    /** What GitHub, GitLab and Gitea make of each heading for links to it. */
    List<String> anchors() {
        return lines.stream()
                .map(HEADING::matcher)
                .filter(heading -> heading.matches())
                .map(heading -> slug(heading.group(1)))
                .toList();
    }

    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /** The lines of the table of contacts that begin with a priority. */
    List<String> contacts() {
        int from = lines.indexOf("## Contacts");
        return from < 0
                ? List.of()
                : lines.subList(from, lines.size()).stream()
                        .filter(line -> CONTACT.matcher(line).matches())
                        .toList();
    }
}
