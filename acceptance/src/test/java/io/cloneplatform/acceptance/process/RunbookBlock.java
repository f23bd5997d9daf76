package io.cloneplatform.acceptance.process;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the runbook tells operators to type, and what they see then.
 *
 * @param heading the section it stands in
 * @param language {@code sh} or {@code sql}
 * @param anyExit whether it may end with any exit code, as what looks for trouble does
 * @param notRun why it is not run; null when it is
 * @param expected what it prints, where … is anything; null when the page does not say
 */
record RunbookBlock(String heading, String language, boolean anyExit, String notRun, String lines, String expected) {
    private static final Pattern BLOCK = Pattern.compile(
            "(?:\\*(?<reason>Not run by the test: [^*]+)\\*\\n\\n)?```(?<language>sh|sql)(?<any> any-exit)?\\n(?<lines>.*?)```\\n"
                    + "(?:\\n```text\\n(?<expected>.*?)```\\n)?",
            Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("(?m)^#{2,3} (.+)$");
    private static final String ANYTHING = "…";

    /** Every block of a page, in its order. */
    static List<RunbookBlock> of(String page) {
        List<RunbookBlock> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(page);
        while (matcher.find()) {
            blocks.add(new RunbookBlock(
                    heading(page.substring(0, matcher.start())),
                    matcher.group("language"),
                    matcher.group("any") != null,
                    matcher.group("reason"),
                    matcher.group("lines"),
                    matcher.group("expected")));
        }
        return blocks;
    }

    private static String heading(String before) {
        return HEADING.matcher(before)
                .results()
                .map(found -> found.group(1))
                .reduce((first, last) -> last)
                .orElse("the beginning");
    }

    /** How many blocks of shell or SQL a page has, however they are written. */
    static long count(String page) {
        return Pattern.compile("(?m)^```(?:sh|sql)\\b").matcher(page).results().count();
    }

    /**
     * The expected output as a pattern: a line of … alone is any number of lines, and white space is any white
     * space.
     */
    Pattern pattern() {
        String pattern = expected.lines()
                .map(line -> line.equals(ANYTHING) ? "(?:.*\\n)*?" : line(line) + "[ \\t]*\\n")
                .collect(Collectors.joining());
        return Pattern.compile(pattern);
    }

    private static String line(String line) {
        return Pattern.compile("…|[ \\t]+|[^… \\t]+")
                .matcher(line)
                .results()
                .map(MatchResult::group)
                .map(part -> part.equals(ANYTHING) ? ".*" : part.isBlank() ? "[ \\t]*" : Pattern.quote(part))
                .collect(Collectors.joining());
    }

    /** A name for a report: the section and the first line. */
    String title() {
        return heading + ": " + lines.lines().findFirst().orElse("");
    }
}
