package io.cloneplatform.cli.smoke;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;

/** The smoke suite for commands that run it among other things. */
public final class Smoke {
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
    private static final Duration SUITE_LIMIT = Duration.ofMinutes(2);

    private Smoke() {}

    /**
     * How it ended.
     *
     * @param summary the line of totals
     */
    public record Result(boolean passed, String summary) {}

    /** Runs it without a word about what passes. */
    public static Result run(URI url, String key, PrintWriter err) {
        StringWriter lines = new StringWriter();
        boolean passed = suite(url, key, new PrintWriter(lines), err).run();
        String said = lines.toString().strip();
        return new Result(passed, said.substring(said.lastIndexOf('\n') + 1));
    }

    static SmokeSuite suite(URI url, String key, PrintWriter out, PrintWriter err) {
        return new SmokeSuite(new Api(url, key, REQUEST_LIMIT), out, err, SUITE_LIMIT);
    }
}
